// One plan asks the same price in several places; the service is asked once.
import { createClient } from "../../lib/api";
import { sharingInquiries } from "../../lib/reconcile";
import { startSimulator, type Simulator } from "../../lib/simulator";

const ID = "900000000000000001";
const INQUIRY = {
  zoneId: "SEL-A",
  instanceType: "c.4c8g",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByBandwidth",
  period: 1,
  systemDiskSize: 50,
};

describe("price inquiries", () => {
  let simulator: Simulator;
  let now: number;
  let close: () => void;
  let pricing: ReturnType<typeof sharingInquiries>;

  beforeEach(async () => {
    simulator = await startSimulator({
      fleet: [{ product: "vm", instanceId: ID, zoneId: "SEL-A", internetChargeType: "ByBandwidth", bandwidth: 100 }],
    });
    const client = createClient({
      endpoint: simulator.endpoint,
      credentials: {
        kind: "accessKey",
        accessKeyId: simulator.accessKeyId,
        accessKeyPassword: simulator.accessKeyPassword,
      },
    });
    now = 0;
    close = () => client.close();
    pricing = sharingInquiries(client, { monotonic: () => now });
  });

  afterEach(async () => {
    close();
    await simulator.stop();
  });

  const asked = (): string[] => simulator.requests.map((entry) => entry.action);

  test("of one moment are asked once per value, and answer alike", async () => {
    const [first, second, other] = await Promise.all([
      pricing.vm.inquiryPriceBandwidth(ID, 200),
      pricing.vm.inquiryPriceBandwidth(ID, 200),
      pricing.vm.inquiryPriceBandwidth(ID, 300),
      pricing.vm.inquiryPriceCreateInstance(INQUIRY),
      pricing.vm.inquiryPriceCreateInstance({ ...INQUIRY }),
    ]);
    expect(second).toBe(first);
    expect(other).not.toEqual(first);
    expect(asked().sort()).toEqual([
      "InquiryPriceCreateInstance",
      "InquiryPriceInstanceBandwidth",
      "InquiryPriceInstanceBandwidth",
    ]);
  });

  test("a refusal is an answer and shared too", async () => {
    const answers = await Promise.allSettled([
      pricing.vm.inquiryPriceTrafficPackage(ID, 5),
      pricing.vm.inquiryPriceTrafficPackage(ID, 5),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(["rejected", "rejected"]);
    expect(asked()).toEqual(["InquiryPriceInstanceTrafficPackage"]);
  });

  test("an old price is asked anew", async () => {
    await pricing.vm.inquiryPriceBandwidth(ID, 200);
    now = 10_000;
    await pricing.vm.inquiryPriceBandwidth(ID, 200);
    expect(asked()).toHaveLength(2);
  });

  test("all other actions are the client's own", async () => {
    expect((await pricing.vm.getInstance(ID))?.instanceId).toBe(ID);
    expect((await pricing.billing.describeCustomerBalance()).purchasingPower).toBe(10_000);
  });
});
