import { useQueryClient } from '@tanstack/react-query';
import { useState, type Dispatch, type ReactNode, type SetStateAction } from 'react';
import type { Mailbox } from '#contracts';
import { addMailbox, changeMailbox } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import type { FailureText } from '../app/failureText.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { useWords, type Key } from '../i18n/Words.js';
import {
  draftOf,
  mailboxBodyOf,
  missingInMailbox,
  withHost,
  withSecurity,
  type MailboxDraft,
} from './mailbox.rules.js';

type TextName = Exclude<keyof MailboxDraft, 'security' | 'active' | 'access'>;

const LABELS: Record<TextName, Key> = {
  address: 'mailboxes.address',
  host: 'mailboxes.host',
  port: 'mailboxes.port',
  username: 'mailboxes.username',
  folder: 'mailboxes.folder',
  moveTo: 'mailboxes.move_to',
  trustedAuthserv: 'mailboxes.trusted_authserv',
  password: 'mailboxes.password',
  accessToken: 'mailboxes.token',
  tokenUrl: 'mailboxes.token_url',
  clientId: 'mailboxes.client_id',
  clientSecret: 'mailboxes.client_secret',
  refreshToken: 'mailboxes.refresh_token',
  scope: 'mailboxes.scope',
};
const LEADS: Partial<Record<TextName, Key>> = {
  moveTo: 'mailboxes.move_to.lead',
  trustedAuthserv: 'mailboxes.trusted_authserv.lead',
};
const SECRET: TextName[] = ['password', 'accessToken', 'clientSecret', 'refreshToken'];

const ACCESS_FIELDS: Record<MailboxDraft['access'], TextName[]> = {
  keep: [],
  password: ['password'],
  token: ['accessToken'],
  refresh: ['tokenUrl', 'clientId', 'clientSecret', 'refreshToken', 'scope'],
};

/** Shown beside what they are about. */
const BY_FIELD = ['mailbox.insecure', 'mailbox.access_needed'];

interface LoginProps {
  draft: MailboxDraft;
  setDraft: Dispatch<SetStateAction<MailboxDraft>>;
  isNew: boolean;
  port: ReactNode;
  failure: FailureText | null;
}

/** How the server is spoken to, and how one logs in there. */
const Login = ({ draft, setDraft, isNew, port, failure }: LoginProps) => {
  const { t } = useWords();
  const insecure = failure?.code === 'mailbox.insecure';
  const accessNeeded = failure?.code === 'mailbox.access_needed';
  const ways = [...(isNew ? [] : (['keep'] as const)), 'password', 'token', 'refresh'] as const;
  return (
    <>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('mailboxes.security')}</span>
          <select
            value={draft.security}
            aria-invalid={insecure || undefined}
            onChange={(event) => {
              const security = event.currentTarget.value as MailboxDraft['security'];
              setDraft((held) => withSecurity(held, security));
            }}
          >
            {(['tls', 'starttls', 'none'] as const).map((security) => (
              <option key={security} value={security}>
                {t(`mailboxes.security.${security}`)}
              </option>
            ))}
          </select>
          {insecure ? <small role="alert">{failure.message}</small> : null}
        </label>
        {port}
      </div>
      <label className={forms.field}>
        <span>{t('mailboxes.access')}</span>
        <select
          value={draft.access}
          aria-invalid={accessNeeded || undefined}
          onChange={(event) => {
            const access = event.currentTarget.value as MailboxDraft['access'];
            setDraft((held) => ({ ...held, access }));
          }}
        >
          {ways.map((way) => (
            <option key={way} value={way}>
              {t(`mailboxes.access.${way}`)}
            </option>
          ))}
        </select>
        {accessNeeded ? <small role="alert">{failure.message}</small> : null}
      </label>
    </>
  );
};

interface Props {
  /** Null: a new one. */
  mailbox: Mailbox | null;
  onClose: () => void;
}

/** Everything about one mailbox. */
export const MailboxDialog = ({ mailbox, onClose }: Props) => {
  const { t } = useWords();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(mailbox));
  const [tried, setTried] = useState(false);
  const { run, busy, failure, problem } = useDeed();
  const missing = missingInMailbox(draft);

  const save = async () => {
    setTried(true);
    if (missing.length > 0) return;
    await run(async () => {
      const { body, access } = mailboxBodyOf(draft);
      if (mailbox) await changeMailbox(mailbox.id, { ...body, ...(access ? { access } : {}) });
      else if (access) await addMailbox({ ...body, access });
      notify(t('mailboxes.saved'));
      onClose();
      await Promise.all(['mailboxes', 'health'].map((name) => client.invalidateQueries({ queryKey: [name] })));
    });
  };

  const field = (name: TextName) => (
    <label key={name} className={forms.field}>
      <span>{t(LABELS[name])}</span>
      <input
        type={SECRET.includes(name) ? 'password' : 'text'}
        inputMode={name === 'port' ? 'numeric' : undefined}
        value={draft[name]}
        autoComplete={SECRET.includes(name) ? 'new-password' : 'off'}
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={(tried && (missing as TextName[]).includes(name)) || undefined}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setDraft((held) => (name === 'host' ? withHost(held, mailbox, text) : { ...held, [name]: text }));
        }}
      />
      {LEADS[name] ? <small>{t(LEADS[name])}</small> : null}
    </label>
  );

  return (
    <FormDialog
      title={mailbox ? t('mailboxes.edit_of', { address: mailbox.address }) : t('mailboxes.add')}
      size={560}
      onClose={onClose}
      deed={t('mailboxes.save')}
      busy={busy}
      problem={
        failure && !BY_FIELD.includes(failure.code)
          ? problem
          : tried && missing.length > 0
            ? t('mailboxes.need', { list: missing.map((name) => t(LABELS[name])).join(', ') })
            : null
      }
      onSubmit={save}
    >
      {field('address')}
      <div className={forms.two}>
        {field('host')}
        {field('username')}
      </div>
      <Login draft={draft} setDraft={setDraft} isNew={mailbox === null} port={field('port')} failure={failure} />
      {ACCESS_FIELDS[draft.access].map(field)}
      <div className={forms.two}>
        {field('folder')}
        {field('moveTo')}
      </div>
      {field('trustedAuthserv')}
      <label className={forms.check}>
        <input
          type="checkbox"
          checked={draft.active}
          onChange={(event) => {
            const active = event.currentTarget.checked;
            setDraft((held) => ({ ...held, active }));
          }}
        />
        <span>{t('mailboxes.active.label')}</span>
      </label>
    </FormDialog>
  );
};
