// Files on their way into a message.
import { btoa } from './browser.js';
import { glyph, h } from './elements.js';
import { say } from './words.js';

/** A file as the control API takes it. */
export async function packed(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  const contentType = file.type === '' ? 'application/octet-stream' : file.type;
  return { fileName: file.name, contentType, contentBase64: btoa(binary) };
}

/** Files chosen and not yet sent, each with a way to take it out again. */
export class Basket {
  constructor(most) {
    this.most = most;
    this.files = [];
    this.element = h('div', { class: 'files' });
  }

  add(files) {
    this.files = [...this.files, ...files].slice(-this.most);
    this.show();
  }

  empty() {
    this.files = [];
    this.show();
  }

  show() {
    const chips = this.files.map((file, index) =>
      h(
        'button',
        {
          type: 'button',
          class: 'chip',
          title: say('remove'),
          onclick: () => {
            this.files.splice(index, 1);
            this.show();
          },
        },
        file.name,
        glyph('close'),
      ),
    );
    this.element.replaceChildren(...chips);
  }
}
