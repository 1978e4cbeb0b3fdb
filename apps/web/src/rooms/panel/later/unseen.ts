/**
 * What of the room nobody sees while a case opens, in one file of the page: the past and who made what, discussion, what is changed in place,
 * and everything that opens upon the room. It comes with `UNSEEN`, which says when.
 */
export { Inspector } from '../annotations/Inspector.tsx'
export { BlameCard } from '../blame/BlameCard.tsx'
export { VoxelCard } from '../blame/VoxelCard.tsx'
export { DiscussionTab } from '../discussion/DiscussionTab.tsx'
export { KeymapDialog } from '../help/KeymapDialog.tsx'
export { Palette } from '../help/Palette.tsx'
export { Sheet } from '../help/Sheet.tsx'
export { HistoryTab } from '../history/HistoryTab.tsx'
export { KeptDialog } from '../KeptDialog.tsx'
export { PhaseDialog } from '../PhaseDialog.tsx'
export { NewSegmentForm } from '../segments/NewSegmentForm.tsx'
export { PaintOptions } from '../segments/PaintOptions.tsx'
export { SegmentDetails } from '../segments/SegmentDetails.tsx'
export { ComparePanel } from '../timeline/ComparePanel.tsx'
export { MomentBadge } from '../timeline/MomentBadge.tsx'
export { MomentPane } from '../timeline/MomentPane.tsx'
export { PastBanner } from '../timeline/PastBanner.tsx'
export { Timeline } from '../timeline/Timeline.tsx'
export { FusionBar } from '../volume/FusionBar.tsx'
