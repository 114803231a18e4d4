import { editIniSection, readIniSection } from '../../../src/config/edit-ini.js';
import { createNodeHost } from '../../../src/host/node-host.js';

/**
 * write-sections FILE SECONDS: as `assume write` does, over and over, each time another value into
 * one of five sections, and sees at once whether it is there. Tells how many edits it made, then
 * which value each section should hold.
 */
async function main(): Promise<void> {
  const host = createNodeHost();
  const [file = '', seconds = '1'] = host.argv;
  const end = host.now().getTime() + Number(seconds) * 1000;
  const written: Record<string, string> = {};
  let edits = 0;
  for (; host.now().getTime() < end; edits++) {
    const section = `assume-${(edits % 5).toString()}`;
    const values = { aws_access_key_id: edits.toString(), aws_secret_access_key: 'x'.repeat(800) };
    await host.files.edit(file, (text) => editIniSection(text, section, values));
    const text = host.files.readText(file) ?? '';
    // The other may be at it this very moment.
    if (text.endsWith('\n')) {
      const value = readIniSection(text, section)?.get('aws_access_key_id');
      if (value !== values.aws_access_key_id) host.stdout(`lost ${section}\n`);
    }
    written[section] = edits.toString();
    await host.sleep(Math.floor(Math.random() * 30));
  }
  host.stdout(`${JSON.stringify({ edits, written })}\n`);
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${String(thrown)}\n`);
  process.exitCode = 1;
});
