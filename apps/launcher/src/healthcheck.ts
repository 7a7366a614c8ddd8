// Run inside a container: exit 0 when it can work. Every role answers /readyz on PORT.
const url = `http://127.0.0.1:${process.env['PORT'] || '3000'}/readyz`;
const response = await fetch(url, { signal: AbortSignal.timeout(4000) });
if (!response.ok) {
  process.stderr.write(`${url}: ${response.status} ${await response.text()}\n`);
  process.exit(1);
}
export {};
