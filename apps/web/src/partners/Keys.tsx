import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { PartnerKeyBody, type NewPartnerKey, type Partner, type PartnerKey } from '#contracts';
import { Choices } from '../app/Choices.js';
import { Confirm } from '../app/Confirm.js';
import { Form } from '../app/Form.js';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { day, whole } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { issueKey, partnerKeysQuery, revokeKey } from './partnerRequests.js';
import styles from './Partners.module.css';
import { TextField } from './TextField.js';

const KINDS = PartnerKeyBody.shape.kind.options;

/** The only time anybody sees it. */
const Shown = ({ made }: { made: NewPartnerKey }) => {
  const { t } = useWords();
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    notify(t('partner.key.copied'));
  };
  return (
    <div className={styles.secret} role="status">
      <b>{t('partner.key.once')}</b>
      {made.clientId ? (
        <p>
          {t('partner.peer.client_id')}: <code>{made.clientId}</code>
        </p>
      ) : null}
      <p>
        {t('partner.key.secret')}: <code>{made.secret}</code>
      </p>
      <Button size="xs" onClick={() => void copy(made.secret)}>
        {t('partner.key.copy')}
      </Button>
    </div>
  );
};

const Line = ({ partner, known }: { partner: Partner; known: PartnerKey }) => {
  const { t, intl } = useWords();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const used = known.usedAt
    ? t('partner.key.used', { at: whole(intl, known.usedAt) })
    : t('partner.key.unused', { at: day(intl, known.createdAt) });
  return (
    <li data-past={known.revokedAt ? true : undefined}>
      <KeyRound size={16} aria-hidden />
      <span>
        <b>{known.label}</b>
        <small>
          {t(`partner.key.kind.${known.kind}`)}
          {known.clientId ? ` · ${known.clientId}` : ''} ·{' '}
          {known.revokedAt ? t('partner.key.revoked', { at: day(intl, known.revokedAt) }) : used}
        </small>
      </span>
      {known.revokedAt ? null : (
        <Button
          size="xs"
          variant="subtle"
          aria-label={t('partner.key.revoke_of', { name: known.label })}
          onClick={() => setAsking(true)}
        >
          {t('partner.key.revoke')}
        </Button>
      )}
      {asking ? (
        <Confirm
          grave
          title={t('partner.key.revoke_of', { name: known.label })}
          lead={t('partner.key.revoke.lead')}
          deed={t('partner.key.revoke')}
          onClose={() => setAsking(false)}
          run={async () => {
            await revokeKey(partner.id, known.id);
            await client.invalidateQueries({ queryKey: partnerKeysQuery(partner.id).queryKey });
          }}
        />
      ) : null}
    </li>
  );
};

/** By which their systems call ours. */
export const Keys = ({ partner }: { partner: Partner }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const { data, isError, error, refetch } = useQuery(partnerKeysQuery(partner.id));
  const [kind, setKind] = useState<PartnerKeyBody['kind']>('oauth2_client');
  const [label, setLabel] = useState('');
  const [made, setMade] = useState<NewPartnerKey | null>(null);
  const { run, busy, problem } = useDeed();
  const issue = () =>
    run(async () => {
      setMade(await issueKey(partner.id, { kind, label: label.trim() }));
      setLabel('');
      await client.invalidateQueries({ queryKey: partnerKeysQuery(partner.id).queryKey });
    });
  return (
    <section className={styles.part} aria-label={t('partner.tab.keys')}>
      <p>{t('partner.keys.lead')}</p>
      {isError ? <Trouble what={t('partner.tab.keys')} error={error} onRetry={() => void refetch()} /> : null}
      <ul className={styles.keys} aria-busy={!data}>
        {data?.items.map((known) => (
          <Line key={known.id} partner={partner} known={known} />
        ))}
      </ul>
      {made ? <Shown made={made} /> : null}
      <Form deed={t('partner.key.issue')} busy={busy} problem={problem} disabled={label.trim() === ''} onSubmit={issue}>
        <Choices
          legend={t('partner.key.kind')}
          name={`key-${partner.id}`}
          value={kind}
          choices={KINDS.map((value) => ({ value, words: t(`partner.key.kind.${value}`) }))}
          onChange={setKind}
        />
        <TextField label={t('partner.key.label')} value={label} onChange={setLabel} />
      </Form>
    </section>
  );
};
