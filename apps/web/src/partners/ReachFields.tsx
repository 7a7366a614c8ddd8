import { Button } from '@mantine/core';
import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { GatewayKind, type PartnerCheck } from '#contracts';
import forms from '../app/forms.module.css';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import type { TypedPeer } from './partner.rules.js';
import { checkPartner } from './partnerRequests.js';
import type { PartProps } from './parts.js';
import styles from './Partners.module.css';
import { TextField } from './TextField.js';

const GLYPHS = { true: CircleCheck, false: CircleAlert, null: CircleHelp } as const;

const Try = ({ partner, isChanged }: PartProps) => {
  const { t } = useWords();
  const { run, busy } = useDeed();
  const [found, setFound] = useState<PartnerCheck | null>(null);
  const Glyph = found ? GLYPHS[`${found.works}`] : null;
  return (
    <div className={styles.try}>
      <Button
        size="xs"
        loading={busy}
        disabled={isChanged}
        onClick={() => void run(() => checkPartner(partner.id), false).then(setFound)}
      >
        {t('partner.check')}
      </Button>
      {isChanged ? <small>{t('partner.check.save_first')}</small> : null}
      <p role="status" data-works={found?.works ?? undefined}>
        {Glyph && found ? (
          <>
            <Glyph size={16} aria-hidden />
            <span>
              {found.message} {found.detail ? <small>{found.detail}</small> : null}
            </span>
          </>
        ) : null}
      </p>
    </div>
  );
};

const AUTHS = ['oauth2', 'api_key', 'none'] as const satisfies TypedPeer['kind'][];

const Peer = ({ draft, partner, change }: PartProps) => {
  const { t } = useWords();
  const { peer } = draft;
  const set = (part: Partial<TypedPeer>) => change({ peer: { ...peer, ...part } });
  return (
    <section className={styles.part}>
      <h3>{t('partner.peer')}</h3>
      <TextField
        label={t('partner.peer.url')}
        hint={t('partner.peer.url.lead')}
        value={peer.url}
        onChange={(url) => set({ url })}
      />
      <label className={forms.field}>
        <span>{t('partner.peer.auth')}</span>
        <select
          value={peer.kind}
          onChange={({ currentTarget: { value } }) =>
            set({ kind: AUTHS.find((each) => each === value) ?? 'none', secret: '' })
          }
        >
          {AUTHS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`partner.peer.auth.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      {peer.kind === 'oauth2' ? (
        <div className={forms.two}>
          <TextField
            label={t('partner.peer.token_url')}
            value={peer.tokenUrl}
            onChange={(tokenUrl) => set({ tokenUrl })}
          />
          <TextField
            label={t('partner.peer.client_id')}
            value={peer.clientId}
            onChange={(clientId) => set({ clientId })}
          />
          <TextField label={t('partner.peer.scope')} value={peer.scope} onChange={(scope) => set({ scope })} />
        </div>
      ) : null}
      {peer.kind === 'api_key' ? (
        <TextField label={t('partner.peer.header')} value={peer.header} onChange={(header) => set({ header })} />
      ) : null}
      {peer.kind === 'none' ? null : (
        <TextField
          label={t(peer.kind === 'oauth2' ? 'partner.peer.secret' : 'partner.peer.key')}
          secret
          placeholder={partner.hasSecret ? t('partner.peer.secret.kept') : ''}
          value={peer.secret}
          onChange={(secret) => set({ secret })}
        />
      )}
    </section>
  );
};

/** How we speak with them: their system, their mailbox, or a page behind a signed link. */
export const ReachFields = (props: PartProps) => {
  const { draft, edits, change } = props;
  const { t } = useWords();
  return (
    <>
      <fieldset className={forms.field}>
        <legend>{t('partner.gateway')}</legend>
        {GatewayKind.options.map((kind) => (
          <label key={kind} className={forms.choice}>
            <input
              type="radio"
              name={`gateway-${props.partner.id}`}
              checked={draft.gateway === kind}
              onChange={() => change({ gateway: kind })}
            />
            <span>
              {t(`partner.gateway.${kind}`)}
              <small>{t(`partner.gateway.${kind}.lead`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={forms.two}>
        <TextField label={t('partner.email')} value={draft.email} onChange={(email) => change({ email })} />
        <label className={forms.field}>
          <span>{t('partner.senders')}</span>
          <textarea
            rows={2}
            spellCheck={false}
            value={draft.senders}
            onChange={({ currentTarget: { value } }) => change({ senders: value })}
          />
          <small>{t('partner.senders.lead')}</small>
        </label>
      </div>
      <label className={forms.field}>
        <span>{t('partner.postal_address')}</span>
        <textarea
          rows={3}
          maxLength={300}
          value={draft.postalAddress}
          onChange={({ currentTarget: { value } }) => change({ postalAddress: value })}
        />
        <small>{t('partner.postal_address.lead')}</small>
      </label>
      {draft.gateway === 'tmf621' ? <Peer {...props} /> : null}
      {edits ? <Try {...props} /> : null}
    </>
  );
};
