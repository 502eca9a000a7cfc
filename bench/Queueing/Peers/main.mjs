// A Node.js contender's process: carries out the harness's commands, one a line, until they end.
// The commands and their answers are described in Contenders/Wire.cs.
import { createInterface } from 'node:readline';
import { Commands } from './commands.mjs';

const commands = new Commands();
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = await commands[command.name](command);
  } catch (error) {
    answer = { error: error.stack };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
process.exit(0);
