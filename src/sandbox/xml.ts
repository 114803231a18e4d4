/** An XML element's content: text, elements by name, or a list of `member` elements. `null` is left out. */
export type XmlContent = string | number | boolean | Date | XmlObject | readonly XmlObject[] | null;
export interface XmlObject {
  readonly [name: string]: XmlContent;
}

/** The answer to `action` as AWS's Query protocol writes it. */
export function formatAnswer(
  action: string,
  namespace: string,
  requestId: string,
  result: XmlObject,
): string {
  return formatDocument(`${action}Response`, namespace, {
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  });
}

/**
 * An error as AWS's Query protocol writes it: the sender's, or from 500 on AWS's own.
 *
 * @param namespace - `null` where it is not known.
 */
export function formatError(
  error: { readonly status: number; readonly code: string; readonly message: string },
  namespace: string | null,
  requestId: string,
): string {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  return formatDocument('ErrorResponse', namespace, {
    Error: { Type: type, Code: error.code, Message: error.message },
    RequestId: requestId,
  });
}

/** A whole document. */
export function formatDocument(root: string, namespace: string | null, content: XmlObject): string {
  const attribute = namespace === null ? '' : ` xmlns="${namespace}"`;
  return `<${root}${attribute}>${formatContent(content)}\n</${root}>\n`;
}

function formatContent(content: XmlContent): string {
  if (content instanceof Date) return content.toISOString().replace(/\.\d+Z$/, 'Z');
  if (isList(content)) return content.map((one) => formatElement('member', one)).join('');
  if (content !== null && typeof content === 'object')
    return Object.entries(content)
      .map(([name, value]) => (value === null ? '' : formatElement(name, value)))
      .join('');
  return escapeXml(String(content));
}

/** `Array.isArray` does not tell TypeScript about read-only lists. */
function isList(content: XmlContent): content is readonly XmlObject[] {
  return Array.isArray(content);
}

function formatElement(name: string, content: XmlContent): string {
  return `\n<${name}>${formatContent(content)}</${name}>`;
}

/** Characters that XML 1.0 cannot hold even escaped become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0).toString()};`);
}
