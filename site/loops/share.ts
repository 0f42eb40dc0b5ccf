import qrcode from 'qrcode-generator';
import { el, svg } from '../dom.js';
import { say } from '../settings.js';

/** A QR code as one path, with the four modules of quiet around it. */
export function qrDrawing(text: string): SVGElement {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let d = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++)
      if (code.isDark(row, column)) d += `M${column + 4} ${row + 4}h1v1h-1z`;
  }
  const side = size + 8;
  return svg(
    'svg',
    {
      class: 'qr',
      viewBox: `0 0 ${side} ${side}`,
      role: 'img',
      'aria-label': say('qr'),
      'shape-rendering': 'crispEdges',
    },
    svg('rect', { width: side, height: side, class: 'qr-paper' }),
    svg('path', { d, class: 'qr-ink' }),
  );
}

/** Shows something over the page until Escape, the button or a click beside it. */
export function openDialog(dialog: HTMLDialogElement, title: string, ...content: Node[]): void {
  const close = el(
    'button',
    { type: 'button', class: 'close', 'aria-label': say('close'), click: () => dialog.close() },
    '×',
  );
  dialog.replaceChildren(
    el(
      'div',
      { class: 'content' },
      el('div', { class: 'bar' }, el('h2', { id: 'dialog-title', text: title }), close),
      ...content,
    ),
  );
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  dialog.showModal();
}

export function showQr(dialog: HTMLDialogElement, url: string): void {
  openDialog(dialog, say('qr'), qrDrawing(url), el('p', { text: say('qrText') }));
}

/** Gives the link to the device's own way of sharing, else to the clipboard. @returns whether it was copied */
export async function shareLink(url: string, title: string): Promise<boolean> {
  if (navigator.share && matchMedia('(pointer: coarse)').matches) {
    await navigator.share({ url, title }).catch(() => {});
    return false;
  }
  await navigator.clipboard.writeText(url);
  return true;
}
