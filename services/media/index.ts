export { mediaContract } from './contract.ts';
