import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { logElsewhere, newKey } from '../api/requests.js';
import { CaseLookup } from '../app/CaseLookup.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { useWords, type Key } from '../i18n/Words.js';

const EMPTY = { place: '', url: '', text: '', authorName: '', caseReference: '', displayName: '' };
type Draft = typeof EMPTY;
type Missing = Partial<Record<'place' | 'url' | 'text' | 'who', Key>>;

const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

const missingIn = (draft: Draft): Missing => ({
  ...(draft.place.trim() ? {} : { place: 'elsewhere.need_place' as const }),
  ...(draft.url.trim() && !isWebAddress(draft.url.trim()) ? { url: 'elsewhere.bad_url' as const } : {}),
  ...(draft.text.trim() ? {} : { text: 'elsewhere.need_text' as const }),
  ...(draft.caseReference.trim() || draft.displayName.trim() ? {} : { who: 'elsewhere.need_who' as const }),
});

const bodyOf = (draft: Draft) => {
  const stated = (name: keyof Draft) => (draft[name].trim() ? { [name]: draft[name].trim() } : {});
  return {
    place: draft.place.trim(),
    text: draft.text.trim(),
    ...stated('url'),
    ...stated('authorName'),
    ...(draft.caseReference.trim() ? stated('caseReference') : stated('displayName')),
  };
};

interface Props {
  caseReference?: string;
  onClose: () => void;
}

/** Writes down what somebody said in a forum, a blog, another network. */
export default function ElsewhereDialog({ caseReference = '', onClose }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const key = useRef(newKey());
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, caseReference });
  const [tried, setTried] = useState(false);
  const { run, busy, problem } = useDeed();
  const missing = missingIn(draft);
  const said = (field: keyof Missing) => {
    const word = tried ? missing[field] : undefined;
    return word ? t(word) : null;
  };
  const change = (part: Partial<Draft>) => setDraft((held) => ({ ...held, ...part }));

  const save = async () => {
    setTried(true);
    if (Object.keys(missing).length > 0) return;
    await run(async () => {
      const answer = await logElsewhere(bodyOf(draft), key.current);
      notify(t('elsewhere.saved', { reference: answer.caseReference }));
      onClose();
      await Promise.all(
        ['cases', 'counts', 'case', 'timeline'].map((name) => client.invalidateQueries({ queryKey: [name] })),
      );
    });
  };

  const line = (name: 'place' | 'url' | 'authorName' | 'displayName', label: Key, problem: string | null) => (
    <label className={forms.field}>
      <span>{t(label)}</span>
      <input
        type={name === 'url' ? 'url' : 'text'}
        value={draft[name]}
        autoComplete="off"
        maxLength={name === 'url' ? 2000 : 200}
        placeholder={name === 'place' ? t('elsewhere.place.hint') : undefined}
        aria-invalid={problem !== null || undefined}
        onChange={(event) => change({ [name]: event.currentTarget.value })}
      />
      <small role="alert">{problem}</small>
    </label>
  );

  return (
    <FormDialog
      title={t('elsewhere.log')}
      size={560}
      onClose={onClose}
      deed={t('elsewhere.save')}
      busy={busy}
      problem={problem && `${t('elsewhere.not_saved')} ${problem}`}
      onSubmit={save}
    >
      <p className={forms.lead}>{t('elsewhere.lead')}</p>
      <div className={forms.two}>
        {line('place', 'elsewhere.place', said('place'))}
        {line('authorName', 'elsewhere.author', null)}
      </div>
      {line('url', 'elsewhere.url', said('url'))}
      <label className={forms.field}>
        <span>{t('elsewhere.text')}</span>
        <textarea
          rows={4}
          value={draft.text}
          aria-invalid={said('text') !== null || undefined}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <small role="alert">{said('text')}</small>
      </label>
      <div className={forms.two}>
        <CaseLookup
          label={t('elsewhere.case')}
          value={draft.caseReference}
          problem={said('who')}
          onChange={(reference) => change({ caseReference: reference })}
        />
        {draft.caseReference ? null : line('displayName', 'elsewhere.name', null)}
      </div>
    </FormDialog>
  );
}
