/**
 * Quotas of projects: limits for what the files marked with one number take together, on xfs and ext4 mounted with {@code
 * prjquota} (quotactl(2), ioctl_xfs_fsgetxattr(2)).
 *
 * <p>Lives here: marking folders, setting limits, asking what is used. Not here: which number belongs to what.
 * Threads: any.
 */
package io.fairlead.linux.quota;
