"""Forms: WTForms with Chinese messages. The CSRF token is checked before any form is looked at (protection.py)."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import Form, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp


class ConsoleForm(Form):
    """Base of the pages' forms."""

    class Meta:
        """Messages in Chinese."""

        locales: ClassVar[list[str]] = ["zh"]


def stripped(text: Any) -> Any:
    """A filter: text without blanks around it."""
    return text.strip() if isinstance(text, str) else text


class LoginForm(ConsoleForm):
    """A name and a password."""

    login = StringField("登录名", [InputRequired("请填写登录名"), Length(max=64)], filters=[stripped])
    password = PasswordField("密码", [InputRequired("请填写密码"), Length(max=128)])


class NewPasswordForm(ConsoleForm):
    """A password, twice. What it must be like is said by `passwords.fault_of`."""

    password = PasswordField("新密码", [InputRequired("请填写新密码")])
    again = PasswordField("再输一遍", [InputRequired("请再输一遍")])


class ChangePasswordForm(NewPasswordForm):
    """The same, with the present one."""

    current = PasswordField("现在的密码", [InputRequired("请填写现在的密码"), Length(max=128)])


class AnswerForm(ConsoleForm):
    """The words a resident will read."""

    text = TextAreaField("答复内容", [InputRequired("答复不能是空的"), Length(max=4000, message="答复最多 4000 字")])


class NoteForm(ConsoleForm):
    """A remark on a step, kept in the history."""

    note = StringField("说明（可不填）", [Length(max=200)], filters=[stripped])


class HandOverForm(NoteForm):
    """To whom, and why."""

    to = SelectField("转给", coerce=int)


class VillageForm(ConsoleForm):
    """A village. Its code never changes: printed QR codes carry it."""

    code = StringField(
        "代码",
        [InputRequired("请填写代码"), Length(max=32), Regexp(r"^[a-z0-9-]+$", message="代码只用小写字母、数字和短横")],
        filters=[stripped],
        description="印在二维码里，定了不要改，例如 hugang",
    )
    name = StringField("名称", [InputRequired("请填写名称"), Length(max=40)], filters=[stripped])
    street = StringField("街道（乡镇）", [InputRequired("请填写街道"), Length(max=40)], filters=[stripped])


class GroupForm(ConsoleForm):
    """A WeChat group of a village."""

    channel = StringField("通道", [InputRequired("请填写通道"), Length(max=64)], filters=[stripped])
    group = StringField("群编号", [InputRequired("请填写群编号"), Length(max=128)], filters=[stripped])
    name = StringField("群名称", [InputRequired("请填写群名称"), Length(max=80)], filters=[stripped])


class StaffForm(ConsoleForm):
    """A person who will log in."""

    name = StringField("姓名", [InputRequired("请填写姓名"), Length(max=40)], filters=[stripped])
    login = StringField(
        "登录名",
        [InputRequired("请填写登录名"), Length(max=64), Regexp(r"^[\w.-]+$", message="登录名只用文字、数字、点和短横")],
        filters=[stripped],
        description="可以用拼音，例如 chenmin",
    )
    role = SelectField("身份")
