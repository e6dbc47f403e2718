// Made from web/ by make web; sources 414cbaa845b40aacfd97ce22422ca85428ebb9c7d0ded2acaf97d07ff645358c
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
