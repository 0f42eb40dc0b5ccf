import { connect, type Socket } from 'node:net';
import { until } from '../../test/stack/stack.ts';
import { ask, type Load, type Question } from './load.ts';
import { type BootFault, type Subject, WORKERS } from './subject.ts';

const WHOLE_WITHIN_MS = 60_000;

export interface Scenario {
  /** As the row is called. */
  name: string;
  /** Which stacks it is for. */
  subjects: Subject['name'][];
  /** Belongs to the reduced form as well, or to it only. */
  reduced: boolean | 'only';
  /** Whether a worker is left all the time, so that nothing may be lost. */
  workerIsLeft: boolean;
  /** Whether workers die with requests in hand, of which nobody may repeat those that write. */
  diesInHand?: boolean;
  /** Settings that the stack has for this row alone. */
  environment?: Record<string, string>;
  /** @returns what else there is to say, for the row's last column */
  run(subject: Subject, load: Load): Promise<string>;
}

const both: Subject['name'][] = ['loopwright', 'plain'];
const ours: Subject['name'][] = ['loopwright'];
const oursAndTodos: Subject['name'][] = ['loopwright', 'todo'];
const all: Subject['name'][] = ['loopwright', 'plain', 'todo'];
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until all workers are ready again; a set-up that does not recover is worth a word and no error. */
async function recovered(subject: Subject): Promise<boolean> {
  return subject.watch.whole(WHOLE_WITHIN_MS);
}

/** A question of the load that does what no route can (inject/preload.mjs). */
function faulty(subject: Subject, fault: string): Question {
  const question = subject.question();
  return { ...question, headers: { ...question.headers, 'X-Fault': fault } };
}

async function times(count: number, subject: Subject, once: (i: number) => Promise<unknown>): Promise<string> {
  for (let i = 0; i < count; i++) {
    await once(i);
    if (!(await recovered(subject))) return `not whole again ${WHOLE_WITHIN_MS / 1000} s after the ${i + 1}. time`;
  }
  return '';
}

/** @param signal as `kill` takes it */
async function signal(subject: Subject, signalName: string, pids: number[]): Promise<void> {
  await subject.inContainer('sh', '-c', `kill -${signalName} ${pids.join(' ')}`);
}

const pidsOf = (subject: Subject): number[] => subject.watch.ready().map(({ pid }) => pid);

async function run(subject: Subject, ...command: string[]): Promise<string> {
  const { code, stderr } = await subject.stack.run(command[0]!, command.slice(1));
  return code === 0 ? '' : `exit ${code}: ${stderr.trim().split('\n').at(-1)}`;
}

/** Another version of the image: the same program with one line more. */
async function image(subject: Subject, tag: string, line: string): Promise<void> {
  const { stack } = subject;
  const from = `FROM ${stack.image}:test\\n${line}\\n`;
  await stack.run('sh', ['-c', `printf '${from}' | docker build --quiet --tag ${stack.image}:${tag} -`]);
}

async function rollout(subject: Subject, tag: string): Promise<string> {
  const { stack } = subject;
  delete stack.environment.LOOPWRIGHT_TAG;
  delete stack.environment.TODO_TAG;
  const { code, stderr } = await stack.run('npm', ['run', '--silent', 'rollout', '--', tag]);
  return `exit ${code}: ${stderr.trim().split('\n').at(-1)}`;
}

/** Connections that send a header a byte at a time and never end it. */
function slowLoris(origin: string, count: number): () => void {
  const { hostname, port } = new URL(origin);
  const sockets: Socket[] = Array.from({ length: count }, () => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write('GET /v1/regions HTTP/1.1\r\nHost: loris\r\nX-Slow: ');
    return socket;
  });
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('a');
  }, 500);
  return () => {
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
  };
}

/** Bytes of all workers together, as the kernel counts them. */
async function residentMegabytes(subject: Subject): Promise<number> {
  const { stdout } = await subject.inContainer(
    'sh',
    '-c',
    `cat ${pidsOf(subject)
      .map((pid) => `/proc/${pid}/status`)
      .join(' ')}`,
  );
  return [...stdout.matchAll(/^VmRSS:\s+(\d+) kB/gm)].reduce((sum, [, kilobytes]) => sum + Number(kilobytes) / 1024, 0);
}

async function leave(subject: Subject, count: number): Promise<void> {
  for (let i = 0; i < count; i += 20) {
    await Promise.all(
      Array.from({ length: 20 }, () => {
        const gone = AbortSignal.timeout(4 + (i % 16));
        return ask(subject.origin, subject.question(), false, gone).catch(() => {});
      }),
    );
  }
}

/** Ours by the command that looks first; the plain set-up has PM2's alone. */
async function reload(subject: Subject): Promise<string> {
  const commands: Record<string, string[]> = {
    plain: ['node_modules/.bin/pm2', 'reload', 'api'],
    todo: ['npm', 'run', '--silent', 'reload'],
    loopwright: ['loopwright', 'reload'],
  };
  const command = commands[subject.name]!;
  const { code, stdout, stderr } = await subject.inContainer(...command);
  const last = (subject.name === 'plain' ? '' : `${stdout}\n${stderr}`).trim().split('\n').at(-1);
  return `exit ${code}${last ? `: ${last}` : ''}`;
}

async function withBootFault(subject: Subject, fault: BootFault): Promise<string> {
  subject.boot(fault);
  try {
    return await reload(subject);
  } finally {
    // Long enough for whoever goes on to replace workers by broken ones.
    await pause(10_000);
    subject.boot('');
  }
}

const rolling = (subject: Subject): Promise<string> =>
  times(10, subject, async () => {
    const { code } = await subject.inContainer('node_modules/.bin/pm2', 'reload', 'api');
    if (code !== 0) throw new Error(`pm2 reload exited with ${code}`);
  });

/** @returns how it went: every worker of before is gone, or which are not */
async function replacedWithin(subject: Subject, before: Set<number>, limitMs: number): Promise<string> {
  const began = performance.now();
  await until('every worker replaced', limitMs, async () =>
    pidsOf(subject).some((pid) => before.has(pid)) ? null : true,
  );
  return `both workers were replaced within ${((performance.now() - began) / 1000).toFixed(0)} s`;
}

async function supervisor(subject: Subject): Promise<number> {
  const { stdout } = await subject.inContainer('node_modules/.bin/pm2', 'jlist');
  const found = (JSON.parse(stdout) as { name: string; pid: number }[]).find(({ name }) => name === 'supervisor');
  if (!found) throw new Error('PM2 knows no supervisor');
  return found.pid;
}

/** What the management port says of the cluster. */
async function managed(subject: Subject): Promise<string> {
  const script =
    "fetch('http://127.0.0.1:9464/readyz').then(async (r) => console.log(r.status, (await r.text()).slice(0, 200)))";
  const { stdout, stderr } = await subject.inContainer('node', '-e', script);
  return (stdout || stderr).trim().split('\n').at(-1) ?? '';
}

/** One of the load's own requests hangs the worker that gets it; resolves when that worker has fallen silent. */
async function hang(subject: Subject, load: Load, i: number): Promise<void> {
  load.send(faulty(subject, `hang=${i}`));
  await until('a hung worker', 10_000, async () => (subject.watch.ready().length < WORKERS ? true : null));
}

export const scenarios: Scenario[] = [
  {
    name: '10 × `loopwright reload`',
    subjects: oursAndTodos,
    reduced: false,
    workerIsLeft: true,
    run: (subject) =>
      times(10, subject, async () => {
        const end = await reload(subject);
        if (!end.startsWith('exit 0')) throw new Error(end);
      }),
  },
  {
    name: '`loopwright reload` ×1',
    subjects: ours,
    reduced: 'only',
    workerIsLeft: true,
    run: async (subject) => {
      const end = await reload(subject);
      return end.startsWith('exit 0') ? '' : end;
    },
  },
  {
    name: 'reload of a build that throws at boot',
    subjects: all,
    reduced: false,
    workerIsLeft: true,
    run: (subject) => withBootFault(subject, 'throw'),
  },
  {
    name: 'reload of a build that never gets ready',
    subjects: both,
    reduced: false,
    workerIsLeft: true,
    run: (subject) => withBootFault(subject, 'never-ready'),
  },
  {
    name: 'reload into settings whose database is wrong',
    subjects: ours,
    reduced: false,
    workerIsLeft: true,
    run: (subject) => withBootFault(subject, 'wrong-database'),
  },
  {
    name: '10 × a bare `pm2 reload`',
    subjects: all,
    reduced: false,
    workerIsLeft: true,
    run: rolling,
  },
  {
    name: '`pm2 reload` ×1',
    subjects: ours,
    reduced: 'only',
    workerIsLeft: true,
    run: (subject) => times(1, subject, () => subject.inContainer('node_modules/.bin/pm2', 'reload', 'api')),
  },
  {
    name: 'SIGKILL of a worker ×10',
    subjects: all,
    reduced: false,
    workerIsLeft: true,
    diesInHand: true,
    run: (subject) => times(10, subject, (i) => signal(subject, 'KILL', [pidsOf(subject)[i % 2]!])),
  },
  {
    name: 'SIGKILL of a worker ×2',
    subjects: ours,
    reduced: 'only',
    workerIsLeft: true,
    run: (subject) => times(2, subject, (i) => signal(subject, 'KILL', [pidsOf(subject)[i % 2]!])),
  },
  {
    name: 'SIGKILL of all workers at once',
    subjects: both,
    reduced: false,
    workerIsLeft: false,
    run: (subject) => times(1, subject, () => signal(subject, 'KILL', pidsOf(subject))),
  },
  {
    name: 'PM2’s own process SIGKILLed',
    subjects: both,
    reduced: false,
    workerIsLeft: false,
    run: (subject) =>
      times(1, subject, async () => {
        // The workers' parent.
        const { stdout } = await subject.inContainer('sh', '-c', `grep PPid: /proc/${pidsOf(subject)[0]}/status`);
        const pid = Number(stdout.split(/\s+/)[1]);
        if (pid > 1) return signal(subject, 'KILL', [pid]);
        // Nobody inside a container can kill its first process; from outside, by `docker kill`, it would not start again.
        const [container] = await subject.stack.containers('api');
        process.kill(
          Number(await subject.stack.docker('inspect', '--format', '{{.State.Pid}}', container!)),
          'SIGKILL',
        );
      }),
  },
  {
    name: 'event loop hung ×3',
    subjects: all,
    reduced: false,
    workerIsLeft: true,
    diesInHand: true,
    run: (subject, load) => times(3, subject, (i) => hang(subject, load, i)),
  },
  {
    name: 'event loop hung ×1',
    subjects: ours,
    reduced: 'only',
    workerIsLeft: true,
    run: (subject, load) => times(1, subject, (i) => hang(subject, load, i)),
  },
  {
    name: 'memory leak to MAX_RSS',
    environment: { MAX_RSS: '400' },
    subjects: ours,
    reduced: false,
    workerIsLeft: true,
    run: async (subject, load) => {
      const before = new Set(pidsOf(subject));
      const timer = setInterval(() => load.send(faulty(subject, 'leak=2')), 100);
      try {
        return await replacedWithin(subject, before, 150_000);
      } finally {
        clearInterval(timer);
      }
    },
  },
  {
    name: 'recycling at MAX_REQUESTS',
    environment: { MAX_REQUESTS: '1000' },
    subjects: ours,
    reduced: false,
    workerIsLeft: true,
    run: (subject) => replacedWithin(subject, new Set(pidsOf(subject)), 180_000),
  },
  {
    name: 'supervisor SIGKILLed ×3',
    subjects: ours,
    reduced: false,
    workerIsLeft: true,
    run: async (subject) => {
      for (let i = 0; i < 3; i++) {
        await signal(subject, 'KILL', [await supervisor(subject)]);
        await pause(4_000);
      }
      return `after it: ${await managed(subject)}`;
    },
  },
  {
    name: 'supervisor stopped for 20 s (SIGSTOP)',
    subjects: ours,
    reduced: false,
    workerIsLeft: true,
    run: async (subject) => {
      const pid = await supervisor(subject);
      await signal(subject, 'STOP', [pid]);
      await pause(20_000);
      await signal(subject, 'CONT', [pid]);
      await pause(2_000);
      return `after it: ${await managed(subject)}`;
    },
  },
  {
    name: 'nginx reloaded ×5',
    subjects: both,
    reduced: true,
    workerIsLeft: true,
    run: async (subject) => {
      for (let i = 0; i < 5; i++) {
        await subject.stack.compose('exec', '--no-TTY', 'nginx', 'nginx', '-s', 'reload');
        await pause(1_500);
      }
      return '';
    },
  },
  {
    name: 'nginx’s container replaced',
    subjects: both,
    reduced: false,
    workerIsLeft: false,
    run: (subject) => run(subject, ...upAgain(subject, 'nginx')),
  },
  {
    name: 'api’s container replaced by `up --force-recreate`',
    subjects: both,
    reduced: false,
    workerIsLeft: false,
    run: (subject) => times(1, subject, () => run(subject, ...upAgain(subject, 'api'))),
  },
  {
    name: 'api’s container stopped during a request of 5 s',
    subjects: all,
    reduced: false,
    workerIsLeft: false,
    run: async (subject) => {
      const slow = ask(subject.origin, faulty(subject, 'slow=5000'), false)
        .then((answer) =>
          subject.judge(answer) === 'good' ? 'the 5 s request was answered' : `the 5 s request got ${answer.status}`,
        )
        .catch((error: Error) => `the 5 s request was lost (${error.message})`);
      await pause(1_000);
      const [container] = await subject.stack.containers('api');
      await subject.stack.docker('restart', '--timeout', subject.name === 'plain' ? '10' : '60', container!);
      await recovered(subject);
      return slow;
    },
  },
  {
    name: 'three roll-outs of a new image',
    subjects: oursAndTodos,
    reduced: false,
    workerIsLeft: true,
    run: async (subject) => {
      const ends: string[] = [];
      for (const tag of ['v2', 'v3', 'v4']) {
        await image(subject, tag, `ENV VERSION=${tag}`);
        ends.push(await rollout(subject, tag));
      }
      return ends.at(-1)!;
    },
  },
  {
    name: 'a roll-out of a broken image',
    subjects: ours,
    reduced: false,
    workerIsLeft: true,
    run: async (subject) => {
      await image(subject, 'broken', 'CMD ["node", "-e", "setInterval(() => {}, 1000)"]');
      subject.stack.environment.ROLLOUT_WAIT_SECONDS = '20';
      return rollout(subject, 'broken');
    },
  },
  {
    name: 'PostgreSQL restarted',
    subjects: ours,
    reduced: true,
    workerIsLeft: true,
    run: async (subject) => {
      await subject.stack.compose('restart', 'db');
      await pause(3_000);
      return '';
    },
  },
  {
    name: 'PostgreSQL away for 30 s',
    subjects: ours,
    reduced: false,
    workerIsLeft: false,
    run: async (subject) => {
      await subject.stack.compose('stop', 'db');
      await pause(30_000);
      await subject.stack.compose('start', 'db');
      await pause(8_000);
      return '';
    },
  },
  {
    name: '1000 clients that leave mid-plan',
    subjects: both,
    reduced: false,
    workerIsLeft: true,
    run: async (subject) => {
      await leave(subject, 500);
      const before = await residentMegabytes(subject);
      await leave(subject, 1_000);
      const after = await residentMegabytes(subject);
      return `workers’ memory ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`;
    },
  },
  {
    name: '500 connections that never end their headers',
    subjects: both,
    reduced: false,
    workerIsLeft: true,
    run: async (subject) => {
      const end = slowLoris(subject.origin, 500);
      await pause(12_000);
      end();
      return '';
    },
  },
  {
    name: 'SIGTERM before boot has finished',
    subjects: both,
    reduced: false,
    workerIsLeft: true,
    run: async (subject) => {
      const ends: string[] = [];
      for (const afterMs of [300, 900, 1_500, 2_500]) {
        const id = (await subject.stack.compose('run', '--detach', '--no-deps', 'api')).trim().split('\n').at(-1)!;
        await pause(afterMs);
        const began = performance.now();
        await subject.stack.docker('stop', '--timeout', '30', id);
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        const exit = (await subject.stack.docker('inspect', '--format', '{{.State.ExitCode}}', id)).trim();
        await subject.stack.docker('rm', id);
        ends.push(`after ${afterMs} ms: exit ${exit} in ${seconds} s`);
      }
      return ends.join('; ');
    },
  },
];

function upAgain(subject: Subject, service: string): string[] {
  const files = subject.stack.environment.COMPOSE_FILE!.split(':').flatMap((file) => ['--file', file]);
  return ['docker', 'compose', ...files, 'up', '--detach', '--no-deps', '--no-build', '--force-recreate', service];
}
