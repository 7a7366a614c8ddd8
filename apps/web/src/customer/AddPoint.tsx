import { useRef, useState } from 'react';
import type { CaseDetail, IdentifierKind } from '#contracts';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useWords } from '../i18n/Words.js';
import { addPoint } from './identityRequests.js';
import { PointGlyph } from './PointGlyph.js';
import { useIdentityDeed } from './useIdentityDeed.js';

const KINDS: readonly IdentifierKind[] = ['phone', 'email', 'twitter', 'line', 'customer_number', 'document', 'imei'];

/** Writes down one more thing that is the customer's. */
export default function AddPoint({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t } = useWords();
  const key = useRef(newKey());
  const [kind, setKind] = useState<IdentifierKind>('phone');
  const [value, setValue] = useState('');
  const [shared, setShared] = useState(false);
  const { busy, problem, run } = useIdentityDeed(detail.id, detail.customer.id);
  const shareable = kind === 'phone' || kind === 'email';
  const add = async () => {
    if (value.trim() === '') return;
    const body = { kind, value: value.trim(), shared: shareable && shared };
    if (!(await run(() => addPoint(detail.customer.id, body, key.current)))) return;
    notify(t('point.added'));
    onClose();
  };
  return (
    <FormDialog
      title={t('point.add.title', { name: detail.customer.displayName })}
      size={520}
      onClose={onClose}
      deed={t('point.add.do')}
      busy={busy}
      problem={problem}
      disabled={value.trim() === ''}
      onSubmit={add}
    >
      <fieldset className={forms.field}>
        <legend>{t('point.what')}</legend>
        <div className={forms.choices}>
          {KINDS.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="kind"
                checked={kind === one}
                onChange={() => {
                  setKind(one);
                  key.current = newKey();
                }}
              />
              <PointGlyph kind={one} /> {t(`point.kind.${one}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <label className={forms.field}>
        <span>{t(`point.kind.${kind}`)}</span>
        <input
          type="text"
          data-autofocus
          autoComplete="off"
          inputMode={kind === 'phone' || kind === 'line' ? 'tel' : kind === 'imei' ? 'numeric' : 'text'}
          value={value}
          maxLength={320}
          onChange={(event) => {
            setValue(event.currentTarget.value);
            key.current = newKey();
          }}
        />
        <small>{t(`point.hint.${kind}`)}</small>
      </label>
      {shareable ? (
        <label className={forms.check}>
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
          <span>
            {t('point.add.shared')}
            <small>{t('point.add.shared.lead')}</small>
          </span>
        </label>
      ) : null}
    </FormDialog>
  );
}
