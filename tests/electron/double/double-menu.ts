import type { ElectronSurface, Menu, MenuItem } from '../electron-surface.ts';
import { BrowserWindowDouble } from './double-window.ts';

const roles = ['undo', 'redo', 'cut', 'copy', 'paste', 'selectall', 'reload', 'zoomin', 'zoomout', 'resetzoom', 'togglefullscreen', 'toggledevtools'];

/** What a role does when its item is clicked; the others act on the page's text and need a real window. */
const acts: Record<string, () => void> = { reload: () => { BrowserWindowDouble.getFocusedWindow()?.webContents.reload(); } };

class MenuDouble implements Menu {
  readonly items: MenuItem[];

  constructor(items: MenuItem[]) {
    this.items = items;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

function itemOf(template: Electron.MenuItemConstructorOptions): MenuItem {
  const role = template.role?.toLowerCase();
  if (role !== undefined && !roles.includes(role)) throw new Error(`electron double: menu role ${template.role} is not modelled`);
  const type = template.type ?? (template.submenu ? 'submenu' : 'normal');
  if (role === undefined && type !== 'separator' && !template.label) throw new Error('Invalid template for MenuItem: must have either a label, role or type');
  const item: MenuItem = {
    id: template.id ?? '',
    label: template.label ?? '',
    type,
    visible: template.visible ?? true,
    enabled: template.enabled ?? true,
    checked: template.checked ?? false,
    click: () => {
      if (role !== undefined) acts[role]?.();
      else template.click?.(item as never, BrowserWindowDouble.getFocusedWindow() as never, {});
    },
  };
  if (template.role !== undefined) item.role = template.role as NonNullable<MenuItem['role']>;
  if (Array.isArray(template.submenu)) item.submenu = new MenuDouble(template.submenu.map(itemOf));
  return item;
}

let applicationMenu: Menu | null = null;

export const MenuClass: ElectronSurface['Menu'] = {
  buildFromTemplate: template => new MenuDouble(template.map(itemOf)),
  setApplicationMenu: menu => { applicationMenu = menu; },
  getApplicationMenu: () => applicationMenu,
};
