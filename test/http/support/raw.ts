import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Sends bytes as they are. @returns the last answer that comes before the connection ends */
export async function askRaw(port: number, text: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(Buffer.from(text, 'latin1'));
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('error', () => {});
  await once(socket, 'close');
  const all = Buffer.concat(parts).toString();
  const cut = all.indexOf('\r\n\r\n');
  const [first = '', ...lines] = all.slice(0, Math.max(0, cut)).split('\r\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 2),
  ]);
  return { status: Number(first.split(' ')[1] ?? 0), headers: Object.fromEntries(headers), body: all.slice(cut + 4) };
}
