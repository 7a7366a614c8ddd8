import { MapPin } from 'lucide-react';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { openOwnershipDialog } from './ownershipDialogs.js';

/** In the composer: shows the customer the way to a store. */
export const RedirectButton = ({ className }: { className?: string }) => {
  const { t } = useWords();
  const may = useMay();
  if (!may('redirect.send')) return null;
  return (
    <button
      type="button"
      className={className}
      onClick={() => openOwnershipDialog({ name: 'redirect' })}
      aria-label={t('redirect.open')}
      title={t('redirect.open')}
    >
      <MapPin size={16} />
    </button>
  );
};
