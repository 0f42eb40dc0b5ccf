const HEIGHTS = ['low', 'middle', 'high'] as const;
type Height = (typeof HEIGHTS)[number];

/**
 * The panel: at the side of a wide screen, a sheet of three heights at the bottom of a small one, where results come first
 * and the wishes below them.
 */
export function bottomSheet(panel: HTMLElement, grip: HTMLElement) {
  const small = matchMedia('(max-width: 47.99rem)');
  const profile = document.getElementById('profile')!;
  const results = document.getElementById('results')!;
  const wish = document.getElementById('wish')!;
  const top = document.getElementById('top')!;
  const search = document.getElementById('search')!;
  const scroll = document.getElementById('scroll')!;
  const app = panel.parentElement!;
  let height: Height = 'middle';

  function set(next: Height): void {
    height = next;
    panel.dataset.height = next;
    grip.setAttribute('aria-expanded', String(next !== 'low'));
    if (next === 'low') scroll.scrollTop = 0;
  }
  /** The order on the page is that of the keys and of a screen reader: both see what the eye sees. */
  function arrange(): void {
    if (small.matches) {
      // Over the map, and so not inside what scrolls.
      panel.before(search, top);
      scroll.insertBefore(results, wish);
      scroll.insertBefore(profile, wish);
    } else {
      scroll.prepend(top, search);
      scroll.append(results);
      panel.after(profile);
    }
    app.classList.toggle('small', small.matches);
  }
  small.addEventListener('change', arrange);
  arrange();
  set('middle');

  const turn = (by: number): void => set(HEIGHTS[Math.min(2, Math.max(0, HEIGHTS.indexOf(height) + by))]!);
  let from: number | null = null;
  let dragged = false;
  grip.addEventListener('pointerdown', (event) => {
    from = event.clientY;
    dragged = false;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener('pointermove', (event) => {
    if (from === null) return;
    const by = event.clientY - from;
    if (Math.abs(by) > 6) dragged = true;
    if (dragged) panel.style.setProperty('--drag', `${by}px`);
  });
  const release = (event: PointerEvent): void => {
    if (from === null) return;
    const by = event.clientY - from;
    from = null;
    panel.style.removeProperty('--drag');
    if (dragged && Math.abs(by) > 24) turn(Math.abs(by) > 300 ? -2 * Math.sign(by) : -Math.sign(by));
  };
  grip.addEventListener('pointerup', release);
  grip.addEventListener('pointercancel', release);
  grip.addEventListener('click', () => {
    if (dragged) return;
    set(height === 'high' ? 'low' : HEIGHTS[HEIGHTS.indexOf(height) + 1]!);
  });
  grip.addEventListener('keydown', (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    turn(by);
  });

  return {
    atLeast(least: Height): void {
      if (HEIGHTS.indexOf(height) < HEIGHTS.indexOf(least)) set(least);
    },
    /** How much of the map lies under panel and profile, with some air. */
    padding() {
      const air = 40;
      const { width, height: tall } = panel.getBoundingClientRect();
      if (small.matches) return { top: 90, right: air, bottom: Math.min(tall, innerHeight * 0.5) + air, left: air };
      const below = profile.hidden ? 0 : profile.getBoundingClientRect().height + 12;
      return { top: air, right: air + 20, bottom: below + air, left: width + 12 + air };
    },
  };
}
