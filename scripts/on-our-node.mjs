// Installs what is missing, then runs the script it is given on the Node that the packages bring.
import { spawn } from 'node:child_process';
import { install, NODE } from './install.mjs';

try {
  await install();
} catch (error) {
  process.stderr.write(`\n${error.isPlain ? error.message : error.stack}\n`);
  process.exit(1);
}
const child = spawn(NODE, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
