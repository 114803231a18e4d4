import { expect, it } from 'vitest';
import { usePractice } from '../support/use-practice.js';

it('opens no shell that would run what is on stdin, and asks AWS for nothing', async () => {
  const practice = await usePractice();
  const ended = await practice.run(['prod-role'], { input: 'echo "as $ASSUME_TARGET"\n' });
  expect(ended).toMatchObject({ status: 2, stdout: '' });
  expect(ended.stderr).toContain('assume exec TARGET -- COMMAND');
  expect(practice.received()).toEqual([]);
});
