import { findPartition } from './partition.js';

const POLICY_ARN = /^arn:([a-z0-9-]+):iam::(?:\d{12}|aws):policy\/[\x21-\x7e]+$/;

/** A session takes no more. */
export const MOST_POLICY_ARNS = 10;

/** Tells whether the text is the ARN of an IAM policy, a customer's or one of AWS's own. */
export function isPolicyArn(text: string): boolean {
  const partition = POLICY_ARN.exec(text)?.[1];
  return partition !== undefined && findPartition(partition) !== null;
}
