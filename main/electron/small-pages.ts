import { currentLanguage, text } from '../../resources/language/language.ts';
import { proofLength } from './recovery-key.ts';
import { keysOrigin } from './window-security.ts';

const style = `
  body { font: 14px/1.5 "Segoe UI", system-ui, sans-serif; margin: 20px 28px; color: #16302e; background: #fff; }
  h1 { font-size: 18px; margin: 0 0 8px; }
  p { margin: 0 0 10px; }
  .key { font: 600 17px/1.9 Consolas, "DejaVu Sans Mono", monospace; letter-spacing: 1px; background: #eef6f5; border: 1px solid #9fcac6; border-radius: 6px; padding: 10px 14px; margin: 12px 0; }
  label { display: block; font-weight: 600; margin: 12px 0 4px; }
  input { font: 16px Consolas, "DejaVu Sans Mono", monospace; width: 100%; box-sizing: border-box; padding: 7px 9px; border: 1px solid #6b8a87; border-radius: 4px; }
  .fault { color: #a12a1d; font-weight: 600; }
  .buttons { display: flex; gap: 8px; margin-top: 16px; }
  button { font: inherit; padding: 6px 14px; border-radius: 4px; border: 1px solid #6b8a87; background: #fff; }
  button.first { background: #0b6963; border-color: #0b6963; color: #fff; }
  @media print { .buttons, label, input, .fault { display: none; } }`;

/** Shows the recovery key once: to print, to save on a stick, and to prove by its last letters that it was kept. */
export function shownKeyPage(recoveryKey: string, facts: { isNew: boolean; proofIsWrong: boolean; savedTo: string | null }): string {
  return page(text('shell.key.shown.heading'), `
    <h1>${escape(text('shell.key.shown.heading'))}</h1>
    <p>${escape(text(facts.isNew ? 'shell.key.shown.whatNew' : 'shell.key.shown.what'))}</p>
    <div class="key" data-testid="recovery-key">${escape(recoveryKey)}</div>
    <p>${escape(text('shell.key.shown.remedy'))}</p>
    ${facts.savedTo === null ? '' : `<p role="status">${escape(text('shell.key.shown.saved', { file: facts.savedTo }))}</p>`}
    <form method="post" action="${keysOrigin}">
      <label for="proof">${escape(text('shell.key.shown.proof', { count: proofLength }))}</label>
      <input id="proof" name="typed" autocomplete="off" maxlength="${proofLength}" autofocus>
      ${facts.proofIsWrong ? `<p class="fault" role="alert">${escape(text('shell.key.shown.proofWrong', { count: proofLength }))}</p>` : ''}
      <div class="buttons">
        <button class="first" name="act" value="done">${escape(text('shell.key.shown.done'))}</button>
        <button name="act" value="print" formnovalidate>${escape(text('shell.key.shown.print'))}</button>
        <button name="act" value="save" formnovalidate>${escape(text('shell.key.shown.save'))}</button>
      </div>
    </form>`);
}

/** The first start, when this PC holds no school: a demo to look at, or where to put the data of another PC. */
export function firstStartPage(folder: string): string {
  return page(text('shell.first.heading'), `
    <h1>${escape(text('shell.first.heading'))}</h1>
    <p>${escape(text('shell.first.what'))}</p>
    <p>${escape(text('shell.first.elsewhere'))}</p>
    <div class="key" style="font-size:13px;letter-spacing:0">${escape(folder)}</div>
    <form method="post" action="${keysOrigin}">
      <div class="buttons">
        <button class="first" name="act" value="begin" autofocus>${escape(text('shell.first.begin'))}</button>
        <button name="act" value="demo">${escape(text('shell.first.demo'))}</button>
        <button name="act" value="quit">${escape(text('shell.first.quit'))}</button>
      </div>
    </form>`);
}

/** While the demo is being built; the page asks for itself again each second, because it holds no script. */
export function buildingPage(item: string): string {
  return page(text('shell.first.building'), `
    <h1>${escape(text('shell.first.building'))}</h1>
    <p>${escape(text('shell.first.patience'))}</p>
    <p role="status">${escape(item)}</p>`, '<meta http-equiv="refresh" content="1">');
}

/** Asks for the recovery key; `fault` is why the last one was not taken. */
export function askedKeyPage(fault: 'unreadable' | 'otherKey' | null): string {
  return page(text('shell.key.asked.heading'), `
    <h1>${escape(text('shell.key.asked.heading'))}</h1>
    <p>${escape(text('shell.key.asked.what'))}</p>
    <form method="post" action="${keysOrigin}">
      <label for="typed">${escape(text('shell.key.asked.label'))}</label>
      <input id="typed" name="typed" autocomplete="off" spellcheck="false" autofocus>
      ${fault === null ? '' : `<p class="fault" role="alert">${escape(text(`shell.key.asked.${fault}`))}</p>`}
      <div class="buttons">
        <button class="first" name="act" value="done">${escape(text('shell.key.asked.done'))}</button>
        <button name="act" value="cancel">${escape(text('shell.key.asked.cancel'))}</button>
      </div>
    </form>`);
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html><html lang="${currentLanguage()}"><head><meta charset="utf-8">${head}<title>${escape(title)}</title><style>${style}</style></head><body>${body}</body></html>`;
}

function escape(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
