// Values as go-cty 1.16.0 prints them.
import { Decimal, type Type, unknown, UNKNOWN, type Value } from "../../../../lib/plugin";
import { rememberType } from "../../../../lib/plugin/cty/dynamic";
import { TypedNull } from "../../../../lib/plugin/cty/values";
import { describeValue } from "../../../../lib/plugin/testing/core/describe";

const OBJECT: Type = ["object", { b: "bool", a: "string" }];

test.each<[Value, Type, string]>([
  ['a"é\n', "string", 'cty.StringVal("a\\"é\\n")'],
  [true, "bool", "cty.True"],
  [false, "bool", "cty.False"],
  [5, "number", "cty.NumberIntVal(5)"],
  [0.5, "number", "cty.NumberFloatVal(0.5)"],
  [new Decimal("9007199254740993"), "number", "cty.NumberIntVal(9007199254740993)"],
  [null, "string", "cty.NullVal(cty.String)"],
  [null, "dynamic", "cty.NullVal(cty.DynamicPseudoType)"],
  [new TypedNull("string"), "dynamic", "cty.NullVal(cty.String)"],
  [null, ["list", ["set", ["map", "number"]]], "cty.NullVal(cty.List(cty.Set(cty.Map(cty.Number))))"],
  [
    null,
    ["object", { b: "string", a: ["tuple", ["bool"]] }],
    'cty.NullVal(cty.Object(map[string]cty.Type{"a":cty.Tuple([]cty.Type{cty.Bool}), "b":cty.String}))',
  ],
  [null, ["object", {}], "cty.NullVal(cty.EmptyObject)"],
  [null, ["tuple", []], "cty.NullVal(cty.EmptyTuple)"],
  [UNKNOWN, ["list", "string"], "cty.UnknownVal(cty.List(cty.String))"],
  [UNKNOWN, "dynamic", "cty.DynamicVal"],
  [rememberType(unknown({ notNull: true }), "bool"), "dynamic", "cty.UnknownVal(cty.Bool)"],
  [["a", null], ["list", "string"], 'cty.ListVal([]cty.Value{cty.StringVal("a"), cty.NullVal(cty.String)})'],
  [[true], ["set", "bool"], "cty.SetVal([]cty.Value{cty.True})"],
  [[], ["list", "string"], "cty.ListValEmpty(cty.String)"],
  [[], ["set", "string"], "cty.SetValEmpty(cty.String)"],
  [{}, ["map", "string"], "cty.MapValEmpty(cty.String)"],
  [[], ["tuple", []], "cty.EmptyTupleVal"],
  [{}, ["object", {}], "cty.EmptyObjectVal"],
  [{ k: true, "a b": false }, ["map", "bool"], 'cty.MapVal(map[string]cty.Value{"a b":cty.False, "k":cty.True})'],
  [{ b: true, a: null }, OBJECT, 'cty.ObjectVal(map[string]cty.Value{"a":cty.NullVal(cty.String), "b":cty.True})'],
  [[true, "x"], "dynamic", 'cty.TupleVal([]cty.Value{cty.True, cty.StringVal("x")})'],
  [{ a: [] }, "dynamic", 'cty.ObjectVal(map[string]cty.Value{"a":cty.EmptyTupleVal})'],
  [rememberType([true], ["list", "bool"]), "dynamic", "cty.ListVal([]cty.Value{cty.True})"],
])("%j of type %j is %s", (value, type, words) => {
  expect(describeValue(value, type)).toBe(words);
});
