// Loaded first in every child of the launcher.
// The channel to the launcher closes when that is gone (killed, even): then the child ends as if it had been asked to.
// And it is asked once: at Ctrl-C the terminal tells the whole group, and the launcher tells its children again.
const PATIENCE_MS = 5000;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const alreadyAsked = () => undefined;

/** Runs before the child's own listeners, which still hear this first signal; the ones after it change nothing. */
function ask(signal: NodeJS.Signals): void {
  const heard = process.listenerCount(signal) > 1;
  for (const name of SIGNALS) {
    const listeners = process.rawListeners(name);
    process.on(name, alreadyAsked);
    for (const listener of listeners) process.off(name, listener as NodeJS.SignalsListener);
  }
  if (!heard) process.exit(0);
}

for (const name of SIGNALS) process.on(name, ask);
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The listener must not keep a child alive that has nothing left to do.
process.channel?.unref();
