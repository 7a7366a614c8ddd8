import type { Companion } from './companion.js';

/** One of the two under comparison. */
export interface Twin<Sample> {
  companion: Companion;
  /** One round; number 0 only warms up. */
  run(round: number): Promise<Sample>;
}

/** What each twin's rounds gave, in order, the warm-up left out. */
export interface Compared<Sample> {
  product: Sample[];
  bare: Sample[];
}

/**
 * Runs both in turn, round by round, each first as often as the other; the one whose turn it is not is frozen. What else
 * happens on the machine then meets both alike.
 */
export async function interleave<Sample>(
  rounds: number,
  product: Twin<Sample>,
  bare: Twin<Sample>,
): Promise<Compared<Sample>> {
  const compared: Compared<Sample> = { product: [], bare: [] };
  const twins = [
    { twin: product, samples: compared.product },
    { twin: bare, samples: compared.bare },
  ];
  for (const { twin } of twins) twin.companion.freeze();
  for (let round = 0; round <= rounds; round += 1) {
    for (const { twin, samples } of round % 2 === 0 ? twins : twins.toReversed()) {
      twin.companion.thaw();
      const sample = await twin.run(round);
      twin.companion.freeze();
      if (round > 0) samples.push(sample);
    }
  }
  for (const { twin } of twins) twin.companion.thaw();
  return compared;
}
