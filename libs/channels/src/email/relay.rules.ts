const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/**
 * Whether a relay may only be spoken to encrypted: a password never crosses a network in the clear. Who knows that theirs
 * is safe says `?requireTLS=false`; `?requireTLS=true` asks for it where there is no password.
 */
export function mustEncrypt(url: string): boolean {
  const { protocol, hostname, username, searchParams } = new URL(url);
  const said = searchParams.get('requireTLS');
  if (said !== null) return said === 'true';
  return protocol === 'smtp:' && username !== '' && !LOOPBACK.test(hostname);
}

/** What a relay said, without the password it may have repeated, in any form it was told. */
export function withoutSecrets(said: string, url: string): string {
  const { username, password } = new URL(url);
  if (password === '') return said;
  const [user, plain] = [decoded(username), decoded(password)];
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const forms = [base64(`\0${user}\0${plain}`), base64(`${user}\0${user}\0${plain}`), base64(plain), plain, password];
  return forms.reduce((text, form) => text.replaceAll(form, '…'), said);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone % is a letter like any other.
    return part;
  }
}
