import { OF_HEADERS } from './tolerances-of-headers.js';
import { OF_LINES } from './tolerances-of-lines.js';
import { OF_NAMES } from './tolerances-of-names.js';

/**
 * Each row is a way in which a file that somebody's tools read may differ from the grammar that the
 * SDKs share, or be read in different ways: by the AWS CLI 2.36 and boto3 1.43 (`configparser` of
 * Python 3.10 and later), and the SDKs for JS 3.1169, Go v2 and Java 2. The tests hold the columns
 * of botocore and JS to the real readers; those of Go and Java are from their sources.
 */
export const TOLERANCES = { ...OF_HEADERS, ...OF_NAMES, ...OF_LINES } as const;

/** The name of a row. */
export type ToleranceName = keyof typeof TOLERANCES;
