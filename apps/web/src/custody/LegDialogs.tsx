import { useState } from 'react';
import { ClaimState, type CustodyStep, type Leg } from '#contracts';
import { attachmentUrl } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { Dialog } from '../app/Dialog.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { centsTyped, typedOf } from '../goodwill/typed.rules.js';
import { useWords } from '../i18n/Words.js';
import { asTyped, fromTyped, moment, whole } from '../i18n/moments.js';
import { handsName, toHands } from './custodyEvents.js';
import { cancelLeg, expectLeg, loseLeg, settleClaim } from './custodyRequests.js';
import { HandsGlyph } from './HandsGlyph.js';
import { useCustodyDeed } from './useCustodyDeed.js';
import styles from './Custody.module.css';

interface Props {
  leg: Leg;
  onClose: () => void;
}

/** The day it is expected. */
export const ExpectDialog = ({ leg, onClose }: Props) => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useCustodyDeed(leg.caseId);
  const [typed, setTyped] = useState(leg.etaAt ? asTyped(intl, leg.etaAt) : '');
  const save = async () => {
    if (await run((key) => expectLeg(leg.id, fromTyped(intl, typed), key))) onClose();
  };
  return (
    <FormDialog
      title={t('leg.expect')}
      deed={t('leg.expect.deed')}
      {...{ busy, problem, onClose }}
      disabled={typed === ''}
      onSubmit={save}
    >
      <label className={forms.field}>
        <span>{t('leg.eta.when')}</span>
        <input type="datetime-local" value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} />
      </label>
    </FormDialog>
  );
};

/** It does not go after all. */
export const CancelDialog = ({ leg, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useCustodyDeed(leg.caseId);
  const save = async () => {
    if (await run((key) => cancelLeg(leg.id, {}, key))) onClose();
  };
  return (
    <FormDialog title={t('leg.cancel')} deed={t('leg.cancel')} {...{ busy, problem, onClose }} onSubmit={save}>
      <p className={forms.lead}>{t('leg.cancel.lead', { name: leg.deviceName, to: toHands(leg.to, t) })}</p>
    </FormDialog>
  );
};

/** It is not to be found: something is claimed for it. */
export const LostDialog = ({ leg, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useCustodyDeed(leg.caseId);
  const [reason, setReason] = useState('');
  const save = async () => {
    if (await run((key) => loseLeg(leg.id, reason.trim(), key))) onClose();
  };
  return (
    <FormDialog
      title={t('leg.lose')}
      deed={t('leg.lose.deed')}
      {...{ busy, problem, onClose }}
      disabled={reason.trim() === ''}
      onSubmit={save}
    >
      <p className={forms.lead}>
        {t('leg.lose.lead', { who: leg.courier ? handsName(leg.courier, t) : t('leg.whoever') })}
      </p>
      <label className={forms.field}>
        <span>{t('leg.lose.why')}</span>
        <textarea
          data-autofocus
          rows={2}
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
    </FormDialog>
  );
};

/** What became of what was claimed. */
export const ClaimDialog = ({ leg, onClose }: Props) => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useCustodyDeed(leg.caseId);
  const { claim } = leg;
  const currency = claim?.currency ?? 'EUR';
  const [state, setState] = useState(claim?.state ?? 'open');
  const [amount, setAmount] = useState(claim && claim.amountCents !== null ? typedOf(claim.amountCents, currency) : '');
  const [note, setNote] = useState('');
  if (!claim) return null;
  const cents = amount.trim() === '' ? undefined : centsTyped(amount, currency);
  const save = async () => {
    const body = { state, note: note.trim(), ...(cents === undefined ? {} : { amountCents: cents, currency }) };
    if (await run(() => settleClaim(claim.id, body))) onClose();
  };
  return (
    <FormDialog
      title={t('claim.title', { name: leg.deviceName })}
      deed={t('claim.deed')}
      {...{ busy, problem, onClose }}
      disabled={note.trim() === '' || cents === null || (state === 'paid' && cents === undefined)}
      onSubmit={save}
    >
      <p className={forms.lead}>
        {t('claim.before', {
          by: claim.by?.displayName ?? '—',
          when: moment(intl, claim.at),
          note: claim.note,
        })}
      </p>
      <Choices
        legend={t('claim.state')}
        name="claim-state"
        value={state}
        choices={ClaimState.options.map((value) => ({ value, words: t(`claim.state.${value}`) }))}
        onChange={setState}
      />
      <label className={forms.field}>
        <span>{t('claim.amount', { currency })}</span>
        <input
          inputMode="decimal"
          value={amount}
          aria-invalid={cents === null || undefined}
          onChange={({ currentTarget }) => setAmount(currentTarget.value)}
        />
      </label>
      <label className={forms.field}>
        <span>{t('claim.note')}</span>
        <textarea
          rows={2}
          maxLength={500}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
      </label>
    </FormDialog>
  );
};

interface ChainProps {
  deviceName: string;
  chain: readonly CustodyStep[];
  onClose: () => void;
}

/** Everybody who had it, newest first: since when, how that was shown, who wrote it down. */
export const ChainDialog = ({ deviceName, chain, onClose }: ChainProps) => {
  const { t, intl } = useWords();
  return (
    <Dialog title={t('custody.chain.title', { name: deviceName })} onClose={onClose}>
      <ol className={styles.steps} reversed>
        {chain.toReversed().map(({ id, to, proof, by, at, photoId, signatureId }) => (
          <li key={id}>
            <HandsGlyph kind={to.kind} size={16} />
            <b>{handsName(to, t)}</b>
            <time dateTime={at} title={whole(intl, at)}>
              {moment(intl, at)}
            </time>
            <small>
              {t(`custody.proof.${proof}`)} · {by}
              {signatureId ? (
                <>
                  {' · '}
                  <a href={attachmentUrl(signatureId)} target="_blank" rel="noreferrer">
                    {t('custody.signature')}
                  </a>
                </>
              ) : null}
              {photoId ? (
                <>
                  {' · '}
                  <a href={attachmentUrl(photoId)} target="_blank" rel="noreferrer">
                    {t('custody.seal')}
                  </a>
                </>
              ) : null}
            </small>
          </li>
        ))}
      </ol>
    </Dialog>
  );
};
