// Loaded first in every child of the launcher. When the launcher is gone (killed, even), the channel to it closes, and
// the child ends as if it had been asked to.
const PATIENCE_MS = 5000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The listener must not keep a child alive that has nothing left to do.
process.channel?.unref();
export {};
