import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';

export interface DovecotOptions {
  /** Without it the server does not know IDLE. */
  idle?: boolean;
  /** Where it asks whether a token is good; tokens are taken then. */
  introspectionUrl?: string;
}

/** Who serves as root's stand-in: no mailbox may belong to root. */
export const STAND_IN = 'nobody';

export const idOf = (user: string, what: '-u' | '-g'): number =>
  Number(execFileSync('id', [what, user], { encoding: 'utf8' }));
const nameOfGroup = (user: string): string => execFileSync('id', ['-gn', user], { encoding: 'utf8' }).trim();

/** Everything in one folder, on loopback, without encryption. */
export function configuration(home: string, port: number, options: DovecotOptions): string {
  const me = userInfo().username;
  const owner = me === 'root' ? STAND_IN : me;
  const group = nameOfGroup(owner);
  const capability = options.idle === false ? 'imap_capability = IMAP4rev1 UIDPLUS MOVE LITERAL+' : '';
  const tokens = options.introspectionUrl
    ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${home}/oauth2.conf\n}\n`
    : '';
  const unprivileged = me === 'root' ? '' : 'chroot =';
  return `
base_dir = ${home}/run
state_dir = ${home}/state
instance_name = ${home}
log_path = ${home}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login ${options.introspectionUrl ? 'xoauth2 oauthbearer' : ''}
default_internal_user = ${me === 'root' ? 'dovecot' : me}
default_login_user = ${me === 'root' ? 'dovenull' : me}
default_internal_group = ${me === 'root' ? 'dovecot' : group}
first_valid_uid = 1
first_valid_gid = 0
mail_location = maildir:~/Maildir
mail_fsync = never
mailbox_list_index = no
${capability}
mail_max_userip_connections = 100
auth_failure_delay = 0
${tokens}passdb {
  driver = passwd-file
  args = ${home}/users
}
userdb {
  driver = static
  args = uid=${owner} gid=${group} home=${home}/mail/%u allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
  ${unprivileged}
}
service anvil {
  ${unprivileged}
  # Nobody waits longer for having been wrong before.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  ${unprivileged}
}
namespace inbox {
  inbox = yes
}
`;
}
