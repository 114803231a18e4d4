/** Modules of white around the code: fewer than the standard's four, which phones do not miss. */
const BORDER = 2;

/** Black on white in any terminal's colours: readers want the dark modules dark. */
const [PAINT, PLAIN] = ['\u001b[30;107m', '\u001b[0m'];

/** The text as a QR code for a terminal: each character is two modules, one above the other. */
export async function drawQrCode(text: string): Promise<string[]> {
  const { encode } = await import('uqr');
  const { data } = encode(text, { border: BORDER });
  const lines: string[] = [];
  for (let row = 0; row < data.length; row += 2) {
    const [upper = [], lower = []] = [data[row], data[row + 1]];
    const blocks = upper.map((isBlack, column) => block(isBlack, lower[column] ?? false));
    lines.push(`${PAINT}${blocks.join('')}${PLAIN}`);
  }
  return lines;
}

function block(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
