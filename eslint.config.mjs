// The import rules of ARCHITECTURE.md as errors: what each room of lib/ may import.
import tseslint from "typescript-eslint";

const ROOMS = [
  "engine",
  "api",
  "reconcile",
  "schema",
  "plugin",
  "provider",
  "launcher",
  "delivery",
  "rendering",
  "bindings",
  "constructs",
  "review",
  "simulator",
  "testing",
  "cli",
];

/** Room → rooms it may import. */
const MAY_IMPORT = {
  engine: [],
  api: [],
  reconcile: ["engine", "api"],
  schema: [],
  plugin: [],
  provider: ["schema", "plugin", "reconcile", "engine", "api"],
  launcher: [],
  delivery: [],
  rendering: ["schema"],
  bindings: ["rendering"],
  constructs: ["bindings", "rendering", "engine", "delivery"],
  review: ["engine", "schema"],
  simulator: [],
  testing: ["plugin", "provider", "simulator"],
  cli: ROOMS,
};

/** Packages that only some rooms may load: the plugin loads no cdktf, the constructs load no HTTP. */
const PACKAGES = {
  axios: ["api"],
  cdktf: ["rendering", "bindings", "constructs", "testing"],
  constructs: ["rendering", "bindings", "constructs", "testing"],
  "@cdktf/provider-null": ["constructs"],
  commander: ["cli"],
  yaml: ["review", "cli"],
};

/** What a room may not name in an import, with the reason. */
function forbiddenIn(room) {
  const others = ROOMS.filter((other) => other !== room);
  return [
    ...others
      .filter((other) => !MAY_IMPORT[room].includes(other))
      .map((other) => ({
        regex: `(^|/)\\.\\./${other}(/|$)`,
        message: `lib/${room} may not import lib/${other} (ARCHITECTURE.md).`,
      })),
    ...others.map((other) => ({
      regex: `(^|/)\\.\\./${other}/(?!index(\\.js)?$)`,
      message: `import lib/${other} through its index.`,
    })),
    ...Object.keys(PACKAGES)
      .filter((name) => !PACKAGES[name].includes(room))
      .map((name) => ({ regex: `^${name}(/|$)`, message: `lib/${room} may not load ${name} (ARCHITECTURE.md).` })),
  ];
}

/** The folders of lib/review in the order of the way of a plan: each may import itself and those before it. */
const REVIEW_FOLDERS = ["input", "facts", "verdict", "page", "render"];

/** What a folder of the review may not name: those after it, and the room's index, which has them all. */
function laterThan(folder) {
  return [
    ...REVIEW_FOLDERS.slice(REVIEW_FOLDERS.indexOf(folder) + 1).map((later) => ({
      regex: `(^|/)(\\.\\.|review)/${later}(/|$)`,
      message: `lib/review/${folder} may not import lib/review/${later}: no arrow runs back (ARCHITECTURE.md).`,
    })),
    {
      regex: "^\\.\\.(/index)?$",
      message: `lib/review/${folder} may not import the index of lib/review: no arrow runs back (ARCHITECTURE.md).`,
    },
  ];
}

function restricted(files, forbidden) {
  return {
    files,
    rules: {
      "no-restricted-imports": ["error", { patterns: forbidden }],
      // The same for `import("…")`, which the rule above does not see.
      "no-restricted-syntax": [
        "error",
        ...forbidden.map(({ regex, message }) => ({
          selector: `ImportExpression > Literal[value=/${regex.replaceAll("/", "\\/")}/]`,
          message,
        })),
      ],
    },
  };
}

const rooms = [
  ...ROOMS.map((room) => restricted([`lib/${room}/**/*.ts`], forbiddenIn(room))),
  ...REVIEW_FOLDERS.map((folder) =>
    restricted([`lib/review/${folder}/**/*.ts`], [...forbiddenIn("review"), ...laterThan(folder)]),
  ),
];

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "**/cdktf.out/", "**/node_modules/", ".tmp/", "lib/bindings/generated/"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "no-console": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  // Rules that know types: what is thrown away unawaited is an order that nobody waits for.
  {
    files: ["lib/**/*.ts", "test/**/*.ts", "scripts/**/*.ts", "examples/**/*.ts", "bench/**/*.ts"],
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A method of an asynchronous interface may have nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // What failed is passed on as it came.
      "@typescript-eslint/prefer-promise-reject-errors": "off",
    },
  },
  // What a user's editor shows: the word is there on purpose, or the member is not meant for them.
  {
    files: ["lib/constructs/**/*.ts", "lib/rendering/**/*.ts"],
    rules: { "@typescript-eslint/explicit-member-accessibility": "error" },
  },
  // Tests read JSON of Terraform and of plans as it comes, and throw what no type allows.
  {
    files: ["test/**/*.ts"],
    rules: Object.fromEntries(
      [
        "no-unsafe-assignment",
        "no-unsafe-argument",
        "no-unsafe-return",
        "no-unsafe-call",
        "no-unsafe-member-access",
        "no-base-to-string",
        "no-implied-eval",
        "no-redundant-type-constituents",
        "unbound-method",
      ].map((name) => [`@typescript-eslint/${name}`, "off"]),
    ),
  },
  { files: ["**/*.{js,mjs,cjs}"], rules: { "@typescript-eslint/no-require-imports": "off", "no-console": "off" } },
  { files: ["lib/cli/**/*.ts", "examples/**/*.ts", "bench/**/*.ts"], rules: { "no-console": "off" } },
  ...rooms,
);
