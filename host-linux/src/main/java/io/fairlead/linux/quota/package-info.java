/**
 * Quotas of projects: limits for the joint size of all files marked with one number, on xfs and ext4 mounted with
 * {@code prjquota} (quotactl(2), ioctl_xfs_fsgetxattr(2)).
 *
 * <p>Lives here: marking folders, setting limits, asking for the used space. Not here: the meaning of the numbers.
 * Threads: any.
 */
package io.fairlead.linux.quota;
