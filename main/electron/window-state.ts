import type { Rectangle } from 'electron';

export interface WindowState extends Rectangle {
  maximized: boolean;
}

/** The office's usual screen is 1366 × 768; the screens are drawn for it. */
const preferred = { width: 1280, height: 720 };
export const smallest = { width: 1024, height: 600 };

/** Title bar that must stay on a screen, in pixels, so that the window can be dragged back. */
const grip = { width: 120, height: 32 };

/**
 * Where to open the window: where it was, unless that place is no longer on any screen (a projector was unplugged) or is larger than
 * the screen it is on. `workAreas` are the screens without their task bars, the main screen first.
 */
export function fitToScreens(remembered: WindowState | undefined, workAreas: Rectangle[]): WindowState {
  const main = workAreas[0] ?? { x: 0, y: 0, ...preferred };
  if (remembered === undefined) return { ...centred(preferred, main), maximized: false };
  const screen = workAreas.find(area => showsTitleBar(remembered, area));
  if (screen === undefined) return { ...centred(remembered, main), maximized: remembered.maximized };
  const width = Math.min(Math.max(remembered.width, smallest.width), screen.width);
  const height = Math.min(Math.max(remembered.height, smallest.height), screen.height);
  return {
    x: Math.min(Math.max(remembered.x, screen.x), screen.x + screen.width - width),
    y: Math.min(Math.max(remembered.y, screen.y), screen.y + screen.height - height),
    width,
    height,
    maximized: remembered.maximized,
  };
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return { x: area.x + Math.floor((area.width - width) / 2), y: area.y + Math.floor((area.height - height) / 2), width, height };
}

function showsTitleBar(window: Rectangle, area: Rectangle): boolean {
  const visibleWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return visibleWidth >= grip.width && window.y >= area.y - grip.height && window.y + grip.height <= area.y + area.height;
}
