// The driver is the main way of testing the provider; that it may be, this table shows: each case comes out as with the real Terraform.
import { PROVIDER_CASES } from "../support/provider-cases";
import { drivenStage, terraformStage, type Outcome, type Stage } from "../support/stages";

test.each(PROVIDER_CASES.map((each) => [each.name, each] as const))("%s", async (_name, each) => {
  const stages: readonly Stage[] = [await drivenStage(each), await terraformStage(each)];
  try {
    const [driven, real] = (await Promise.all(
      stages.map(async (stage) => {
        const outcomes: Outcome[] = [];
        for (const step of each.steps) outcomes.push(await stage.run(step));
        return outcomes;
      }),
    )) as [Outcome[], Outcome[]];
    expect(driven).toEqual(real);
  } finally {
    await Promise.all(stages.map((stage) => stage.stop()));
  }
});
