// Whether a test of this run has failed: then the mutant is noticed, and what other tests say changes nothing.
let noticed = false;

module.exports = {
  begin: () => void (noticed = false),
  notice: () => void (noticed = true),
  isNoticed: () => noticed,
};
