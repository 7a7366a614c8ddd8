import { useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { UPDATE_TEXT_LIMIT, type Incident, type Language, type UpdateKind, type UpdatePreview } from '#contracts';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { fromTyped } from '../i18n/moments.js';
import { previewUpdate, sendUpdate } from './incidentRequests.js';
import { Reach } from './Reach.js';
import { useIncidentDeed } from './useIncidentDeed.js';
import styles from './Incident.module.css';

interface Props {
  incident: Incident;
  kind: UpdateKind;
  onClose: () => void;
}

/** What is proposed to be written, in the language of its reader and not of the screen. */
const proposedText = (kind: UpdateKind, { told }: Incident): Record<Language, string> =>
  kind === 'restored'
    ? {
        es: 'Hola, {name}:\n\nDebería volver a funcionar. Si a ti no te va, responde a este mensaje y seguimos con tu caso {reference}.',
        en: 'Hello {name},\n\nIt should work again. If it does not for you, answer this message and we go on with your case {reference}.',
      }
    : { es: `Hola, {name}:\n\n${told.es}`, en: `Hello {name},\n\n${told.en}` };

/** One text for all, in both languages; who gets it is shown before it leaves. */
export default function UpdateDialog({ incident, kind, onClose }: Props) {
  const { t } = useWords();
  const intl = useIntl();
  const { run, busy, problem } = useIncidentDeed();
  const [key] = useState(newKey);
  const [text, setText] = useState(() => proposedText(kind, incident));
  const [next, setNext] = useState('');
  const [reach, setReach] = useState<UpdatePreview | null>(null);
  const body = () => ({ kind, text, ...(next ? { nextUpdateAt: fromTyped(intl, next) } : {}) });
  const go = async () => {
    if (!reach) return setReach(await run(() => previewUpdate(incident.id, body())));
    if (await run(() => sendUpdate(incident.id, body(), key))) onClose();
  };
  const change = (language: Language, words: string) => {
    setText({ ...text, [language]: words });
    setReach(null);
  };
  return (
    <FormDialog
      title={t(`update.${kind}`)}
      size={680}
      deed={reach ? t('update.send', { count: reach.reached }) : t('update.preview')}
      busy={busy}
      problem={problem}
      disabled={!text.es.trim() || !text.en.trim() || reach?.reached === 0}
      onSubmit={go}
      onClose={onClose}
    >
      <p className={forms.lead}>{t('update.lead')}</p>
      <div className={forms.two}>
        {(['es', 'en'] as const).map((language) => (
          <Words
            key={language}
            language={language}
            value={text[language]}
            onChange={(words) => change(language, words)}
          />
        ))}
      </div>
      <label className={forms.field}>
        <span>{t('update.next')}</span>
        <input
          type="datetime-local"
          value={next}
          onChange={({ target }) => {
            setNext(target.value);
            setReach(null);
          }}
        />
        <small>{t('update.next.hint')}</small>
      </label>
      <div role="status">{reach ? <Reach reach={reach} /> : null}</div>
    </FormDialog>
  );
}

interface WordsProps {
  language: Language;
  value: string;
  onChange: (value: string) => void;
}

/** The text in one language, with what stands for the name and the reference at hand. */
const Words = ({ language, value, onChange }: WordsProps) => {
  const { t } = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (placeholder: string) => {
    const at = field.current?.selectionStart ?? value.length;
    onChange(`${value.slice(0, at)}${placeholder}${value.slice(field.current?.selectionEnd ?? at)}`);
    field.current?.focus();
  };
  return (
    <div className={forms.field}>
      <label htmlFor={`update-${language}`}>
        <b>{t(`update.text.${language}`)}</b>
      </label>
      <textarea
        ref={field}
        id={`update-${language}`}
        lang={language}
        rows={6}
        maxLength={UPDATE_TEXT_LIMIT}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <span className={styles.placeholders}>
        {(['name', 'reference'] as const).map((word) => (
          <button
            key={word}
            type="button"
            aria-label={t('update.insert', { what: t(`update.${word}`), language: t(`update.text.${language}`) })}
            onClick={() => insert(`{${word}}`)}
          >
            {`{${word}}`}
          </button>
        ))}
      </span>
    </div>
  );
};
