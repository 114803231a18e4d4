import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The names of an interface's fields, in their order, as its source declares them. A list of another
 * interface of the same file stands for that one's fields: `hops.roleArn`.
 *
 * @throws Error when the file declares no such interface.
 */
export function interfaceFields(path: string, name: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
  const interfaces = new Map(
    source.statements.filter(ts.isInterfaceDeclaration).map((found) => [found.name.text, found]),
  );
  const fieldsOf = (of: string): string[] => {
    const declared = interfaces.get(of);
    if (!declared) throw new Error(`${path} has no interface ${of}`);
    return declared.members.filter(ts.isPropertySignature).flatMap(({ name: key, type }) => {
      const field = ts.isIdentifier(key) ? key.text : '';
      const element = elementName(type);
      return element !== null && interfaces.has(element)
        ? fieldsOf(element).map((inner) => `${field}.${inner}`)
        : [field];
    });
  };
  return fieldsOf(name);
}

/** `Hop` for `readonly Hop[]`; `null` for what is no list of a named type. */
function elementName(type: ts.TypeNode | undefined): string | null {
  if (!type || !ts.isTypeOperatorNode(type) || !ts.isArrayTypeNode(type.type)) return null;
  const { elementType } = type.type;
  return ts.isTypeReferenceNode(elementType) && ts.isIdentifier(elementType.typeName)
    ? elementType.typeName.text
    : null;
}
