const BAR = 72;

/** A heading, so that a long output has a shape. */
export function banner(title) {
  console.log(`\n── ${title} ${'─'.repeat(BAR - title.length)}`);
}

/** What passed, what failed, and what could not be run at all. */
export class Tally {
  passed = 0;
  failed = 0;
  lines = [];

  /** @param {boolean} strict a suite that cannot run is a failure */
  constructor(strict) {
    this.strict = strict;
  }

  add(name, { passed, failed }, seconds) {
    this.passed += passed;
    this.failed += failed;
    const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
    this.lines.push(`${failed === 0 ? '✓' : '✗'} ${name.padEnd(14)} ${counts}   ${seconds.toFixed(1)} s`);
  }

  couldNotRun(what, why) {
    const line = `could not run: ${what} (${why})`;
    console.log(line);
    this.lines.push(`${this.strict ? '✗' : '–'} ${line}`);
    if (this.strict) this.failed += 1;
  }

  print() {
    for (const line of this.lines) console.log(line);
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
  }
}
