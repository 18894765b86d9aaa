import { LoadingGrid } from '../../../ui/loading-grid.tsx';

export default LoadingGrid;
