import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { VisitBody } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { logVisit } from '../api/requests.js';
import { failureText, type FailureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useReachable } from '../live/reachable.js';
import { IMPACT_KINDS } from '../app/vocabulary.js';
import { useLanguage, useWords, type Key } from '../i18n/Words.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import { AddedReach } from './AddedReach.js';
import { Device } from './Device.js';
import { NewPerson } from './NewPerson.js';
import { Photos } from './Photos.js';
import { isImei, statedReach } from './visit.rules.js';
import type { ChangeVisit, VisitDraft, SavedVisit } from './visitDraft.js';
import { WhoIsHere } from './WhoIsHere.js';
import styles from './Listen.module.css';

/** What is still missing, by field; empty when the visit can be saved. */
const missingIn = (draft: VisitDraft): Partial<Record<'store' | 'name' | 'reach' | 'story' | 'imei', Key>> => {
  const { person } = draft;
  return {
    ...(draft.storeId ? {} : { store: 'visit.need_store' as const }),
    ...(person && !person.displayName.trim() ? { name: 'visit.need_name' as const } : {}),
    ...(person && ![person.email, person.phone, person.twitterHandle].some((way) => way.trim())
      ? { reach: 'visit.need_reach' as const }
      : {}),
    ...(draft.text.trim() ? {} : { story: 'visit.need_story' as const }),
    ...(draft.imei && !isImei(draft.imei) ? { imei: 'visit.imei.bad' as const } : {}),
  };
};

const bodyOf = (draft: VisitDraft): VisitBody => {
  const { person, found, added } = draft;
  const stated = (text: string) => text.trim() || undefined;
  const who = found?.openCase
    ? { caseReference: found.openCase.reference, customerId: found.id }
    : found
      ? { customerId: found.id }
      : {
          customer: {
            displayName: person?.displayName.trim() ?? '',
            ...(person &&
              statedReach({ email: person.email, phone: person.phone, twitterHandle: person.twitterHandle })),
          },
        };
  const device = { imei: draft.imei.replace(/\D/g, '') || undefined, model: stated(draft.model) };
  return {
    storeId: draft.storeId,
    ...who,
    ...(found && added && statedReach(added) ? { addContacts: statedReach(added) } : {}),
    ...(device.imei || device.model ? { device } : {}),
    text: draft.text.trim(),
    lacks: draft.lacks,
    attachmentIds: draft.photos.map(({ id }) => id),
  };
};

/** The addresses that the server could not read, or knows as somebody else's. */
const wrongIn = (error: unknown): string[] =>
  error instanceof ApiFailure && ['contact.invalid', 'contact.taken'].includes(error.code)
    ? ((error.details as { fields?: string[] } | undefined)?.fields ?? [])
    : [];

interface Props {
  draft: VisitDraft;
  change: ChangeVisit;
  onSaved: (visit: SavedVisit) => void;
}

/** What is the matter, in their words, and what they have lost. */
export const Listen = ({ draft, change, onSaved }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  const [wrong, setWrong] = useState<string[]>([]);
  const [uploading, setUploading] = useState(false);
  useReachable(failure?.code === 'network.unreachable', () => {
    setFailure(null);
    notify(t('app.back_online'));
  });
  const missing = missingIn(draft);
  const said = (field: keyof typeof missing) => {
    const key = tried ? missing[field] : undefined;
    return key ? t(key) : null;
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(missing).length > 0 || uploading) return;
    setBusy(true);
    setFailure(null);
    setWrong([]);
    try {
      const answer = await logVisit(bodyOf(draft), draft.key);
      void client.invalidateQueries({ queryKey: ['cases'] });
      void client.invalidateQueries({ queryKey: ['customers'] });
      const name = draft.found?.displayName ?? draft.person?.displayName ?? '';
      onSaved({ answer, name, joined: answer.matchedBy !== 'new_customer' && Boolean(draft.found?.openCase) });
    } catch (error) {
      setFailure(failureText(error, language, t));
      setWrong(wrongIn(error));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate className={styles.form}>
      <h1 className="visually-hidden">{t('app.visit')}</h1>
      <WhoIsHere draft={draft} onChange={() => change({ found: null, added: null, person: null })} />
      {draft.found ? (
        <AddedReach
          added={draft.added}
          wrong={wrong}
          problem={wrong.length > 0 ? (failure?.message ?? null) : null}
          onChange={(added) => change({ added })}
        />
      ) : null}
      {draft.person ? (
        <NewPerson
          person={draft.person}
          nameProblem={said('name')}
          reachProblem={said('reach') ?? (wrong.length > 0 ? (failure?.message ?? null) : null)}
          wrong={wrong}
          onChange={(part) => change((held) => (held.person ? { person: { ...held.person, ...part } } : {}))}
        />
      ) : null}
      <label className={styles.field}>
        <span className={styles.label}>{t('visit.story')}</span>
        <small>{t('visit.story.lead')}</small>
        <textarea
          rows={4}
          value={draft.text}
          aria-invalid={said('story') ? true : undefined}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <span className={styles.problem} role="alert">
          {said('story')}
        </span>
      </label>
      <fieldset className={styles.lost}>
        <legend className={styles.label}>{t('visit.lost')}</legend>
        {IMPACT_KINDS.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={draft.lacks.includes(kind)}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                change((held) => ({
                  lacks: on ? [...held.lacks, kind] : held.lacks.filter((one) => one !== kind),
                }));
              }}
            />
            <ImpactGlyph kind={kind} size={20} /> {t(`impact.${kind}`)}
          </label>
        ))}
      </fieldset>
      <Device draft={draft} change={change} problem={said('imei')} />
      <Photos photos={draft.photos} change={change} onBusy={setUploading} />
      <div className={styles.save}>
        <p role="alert" className={styles.problem}>
          {failure
            ? `${t('visit.not_saved')} ${failure.message} ${t('error.code', { code: failure.code })}`
            : (said('store') ?? (tried && uploading ? t('composer.waiting_upload') : null))}
        </p>
        <button type="submit" className={styles.primary} disabled={busy} aria-busy={busy || undefined}>
          {t('visit.save')}
        </button>
      </div>
    </form>
  );
};
