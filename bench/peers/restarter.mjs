// What an orchestrator does with one replica that has one address: starts the process again when it ends, and at SIGHUP (a
// new release) stops the old one before it starts the new.
import { spawn } from 'node:child_process';

let ending = false;
let child;
function begin() {
  child = spawn(process.execPath, ['plain.mjs'], { stdio: 'inherit' });
  child.once('exit', (code) => {
    if (ending) process.exit(code ?? 1);
    begin();
  });
}
begin();
process.on('SIGHUP', () => child.kill('SIGTERM'));
process.on('SIGTERM', () => {
  ending = true;
  child.kill('SIGTERM');
});
