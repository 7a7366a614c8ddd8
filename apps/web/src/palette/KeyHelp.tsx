export default (_props: { onClose: () => void }) => null;
