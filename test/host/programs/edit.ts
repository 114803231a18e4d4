import { createNodeHost } from '../../../src/host/node-host.js';

/** edit FILE COUNT MARK: appends that many lines, one edit each. */
async function main(): Promise<void> {
  const host = createNodeHost();
  const [file = '', count = '1', mark = ''] = host.argv;
  for (let line = 0; line < Number(count); line++) {
    const ours = `${mark}-${line.toString()}\n`;
    await host.files.edit(file, (text) => (text.includes(ours) ? text : text + ours));
  }
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${String(thrown)}\n`);
  process.exitCode = 1;
});
