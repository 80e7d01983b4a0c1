// The order in which mutation testing runs the test files: the one that is named like the broken file first, then small ones before large ones.
const { statSync } = require("node:fs");
const { basename } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");
const { begin } = require("./noticed.cjs");

const nameOf = (path) => basename(path).replace(/(\.test)?\.ts$/, "");

module.exports = class MutationSequencer extends Sequencer {
  constructor(options) {
    super(options);
    this.broken = options.globalConfig.nonFlagArgs.map(nameOf);
  }

  sort(tests) {
    begin();
    const rank = ({ path }) => (this.broken.includes(nameOf(path)) ? 0 : statSync(path).size);
    return [...tests].sort((one, other) => rank(one) - rank(other));
  }
};
