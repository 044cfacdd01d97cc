"""The people of the venue: who they are, what they may do, their PINs, devices and sessions.

Words: person, role, permission, PIN, pepper, paired device, session (a signed-in person on a device),
idle lock, approval.
Never: keeps a PIN in clear, trusts a page that was open before, lets anyone approve their own act. The only home of
passlib.
"""
