"""What others would take for the same: Django Channels for rooms, y-websocket for boards.

Installed for one run into a folder that is deleted after it; nothing of the house depends on them, and no test needs
them. They are asked by the same load processes as the house.
"""
