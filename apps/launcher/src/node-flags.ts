/**
 * How the product runs under Node, wherever it is started. What mails leave behind is thrown away while it is little: left
 * to itself V8 waits until a share of the whole machine is full of it.
 */
export const NODE_FLAGS: readonly string[] = [
  '--enable-source-maps',
  // MB each; of a young generation only what is in use is copied, a large one only takes place.
  '--max-semi-space-size=16',
  // MB; files and mails on their way are not in here. Three times what the product needs under load.
  '--max-old-space-size=1024',
];
