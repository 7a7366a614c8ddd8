// What the bootstrap shows while it works: what is happening, how long it took.

const HEARTBEAT_MS = 15_000;

const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/**
 * Runs `work` under a title: one line when it begins, one when it is done (or failed) with its duration, and a sign of
 * life every 15 s in between.
 * @template T
 * @param {string} title what happens, as in "building the server"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  console.log(`… ${title}`);
  const heartbeat = setInterval(() => console.log(`  still ${title} (${seconds(started)})`), HEARTBEAT_MS);
  try {
    const result = await work();
    console.log(`✓ ${title} · ${seconds(started)}`);
    return result;
  } catch (error) {
    console.log(`✗ ${title} · ${seconds(started)}`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
