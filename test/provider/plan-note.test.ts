// What a plan tells its own apply: read as it was written, and taken for no note at all where it is none.
import { noteOf, withNote, type PlanNote } from "../../lib/provider/plan-note";

const NOTES: readonly PlanNote[] = [
  { plans: "apply", managed: [], successorUnknown: false },
  { plans: "apply", managed: ["instance_type", "traffic_package_size"], successorUnknown: false },
  { plans: "apply", managed: ["internet_max_bandwidth_out"], successorUnknown: true },
  { plans: "destroy", cancels: [], by: "c1" },
  { plans: "destroy", cancels: [{ axis: "internet_max_bandwidth_out", from: "100", to: "400" }], by: "c1" },
];

test.each(NOTES)("%j comes back from its private data", (note) => {
  const written = JSON.parse(JSON.stringify(withNote({ token: "t" }, note))) as Record<string, unknown>;
  expect(noteOf(written)).toEqual(note);
});

test("what the resource remembers stays beside the note, and an older note gives way to it", () => {
  const before = withNote({ token: "t", open_orders: [1] }, NOTES[4] as PlanNote);
  expect(withNote(before, NOTES[2] as PlanNote)).toEqual({
    token: "t",
    open_orders: [1],
    plan: { managed: ["internet_max_bandwidth_out"], successor_unknown: true },
  });
  expect(noteOf(withNote(null, NOTES[0] as PlanNote))).toEqual(NOTES[0]);
});

test.each([
  [null],
  [{}],
  [{ plan: null }],
  [{ plan: "destroy" }],
  [{ plan: [] }],
  [{ plan: {} }],
  // Cancels that nobody signed: it cannot be told whether the apply itself planned them.
  [{ plan: { cancels: [{ axis: "instance_type", from: "a", to: "b" }] } }],
  [{ plan: { cancels: "all", by: "c1" } }],
  [{ plan: { managed: "instance_type" } }],
])("%j is no note", (value) => {
  expect(noteOf(value as never)).toBeNull();
});

test("an announced cancel that cannot be read whole is none", () => {
  const good = { axis: "instance_type", from: "c.2c4g", to: "c.4c8g" };
  const cancels = [{ ...good, axis: "colour" }, { ...good, from: 5 }, { ...good, to: null }, "all", null, good];
  expect(noteOf({ plan: { cancels, by: "c1" } })).toEqual({ plans: "destroy", cancels: [good], by: "c1" });
});

test("an axis that this version does not know is not managed, and only true is true", () => {
  const plan = { managed: ["colour", "instance_type", 5], successor_unknown: "yes" };
  expect(noteOf({ plan })).toEqual({ plans: "apply", managed: ["instance_type"], successorUnknown: false });
});
