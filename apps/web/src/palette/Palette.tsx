export default (_props: { onClose: () => void; onKeys: () => void }) => null;
