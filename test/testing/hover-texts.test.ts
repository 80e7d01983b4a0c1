// What an editor shows: every public member of constructs, bindings and testing kit has a sentence. Judged as an editor does, by the type checker.
import { join, relative } from "node:path";
import * as ts from "typescript";

const root = join(__dirname, "../..");
const ENTRIES = ["lib/index.ts", "lib/bindings/index.ts", "lib/testing/index.ts"].map((file) => join(root, file));

const options: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  types: ["node"],
};
const program = ts.createProgram(ENTRIES, options);
const checker = program.getTypeChecker();

/** Whether a declaration is ours, and public. */
function isOurs(declaration: ts.Declaration): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const file = relative(root, declaration.getSourceFile().fileName);
  return file.startsWith("lib/") && (ts.getCombinedModifierFlags(declaration) & hidden) === 0;
}

function isUntold(symbol: ts.Symbol): boolean {
  const { declarations = [] } = symbol;
  return declarations.some(isOurs) && ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() === "";
}

/** Members of a class, an interface or an enum, and the members of object types in them. */
function membersOf(symbol: ts.Symbol): readonly ts.Symbol[] {
  return [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])].filter(
    ({ name, flags }) =>
      (flags & (ts.SymbolFlags.ClassMember | ts.SymbolFlags.EnumMember)) !== 0 &&
      !name.startsWith("__") &&
      name !== "prototype",
  );
}

function constructorsOf(symbol: ts.Symbol): readonly string[] {
  const declarations = (symbol.declarations ?? []).filter(ts.isClassDeclaration);
  return declarations.flatMap(({ members }) =>
    members
      .filter(ts.isConstructorDeclaration)
      .filter((each) => isOurs(each) && ts.getJSDocCommentsAndTags(each).length === 0)
      .map(() => "constructor"),
  );
}

function untoldOf(entry: string): readonly string[] {
  const file = program.getSourceFile(entry);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  return checker.getExportsOfModule(module as ts.Symbol).flatMap((exported) => {
    const symbol = (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
    // A namespace is an entry of its own.
    if ((symbol.flags & ts.SymbolFlags.ValueModule) !== 0) return [];
    return [
      ...(isUntold(symbol) ? [symbol.name] : []),
      ...constructorsOf(symbol).map((name) => `${symbol.name}.${name}`),
      ...membersOf(symbol)
        .filter(isUntold)
        .map(({ name }) => `${symbol.name}.${name}`),
    ];
  });
}

test.each(ENTRIES)("%s", (entry) => {
  expect(untoldOf(entry)).toEqual([]);
});
