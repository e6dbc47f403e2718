// Made from web/ by make web; sources 16fddc889c7b67ae7f00cdb59d8ba6c6bcb5aa4e1be426df21fab3cc4880412f
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
